/* Asks once a second where the uploads of this page stand, until all are read. */

const WAIT = 1000;
const LONGEST_WAIT = 10000;

function show(row, upload) {
  const bar = row.querySelector("[data-bar]");
  bar.max = Math.max(upload.total, 1);
  bar.value = upload.working ? upload.done : bar.max;
  const sentence = row.querySelector("[data-sentence]");
  sentence.textContent = upload.sentence;
  sentence.className = `state state-${upload.status}`;
}

async function ask(table, wait) {
  let next = WAIT;
  try {
    const response = await fetch(table.dataset.progress, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(String(response.status));
    const { uploads } = await response.json();
    for (const upload of uploads) {
      const row = table.querySelector(`[data-upload="${upload.id}"]`);
      if (row) show(row, upload);
    }
    if (!uploads.some((upload) => upload.working)) {
      const done = document.querySelector("[data-done]");
      if (done) done.hidden = false;
      return;
    }
  } catch {
    next = Math.min(wait * 2, LONGEST_WAIT); /* the server is away for a moment: ask less often, never give up */
  }
  setTimeout(() => ask(table, next), next);
}

for (const table of document.querySelectorAll("[data-progress]")) ask(table, WAIT);
