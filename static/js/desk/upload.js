/* Files dropped on the box are put into the form's own field; sending stays the form's business. */

function listChosen(input, list) {
  list.replaceChildren(...[...input.files].map((file) => {
    const item = document.createElement("li");
    item.textContent = `${file.name} (${(file.size / 1048576).toFixed(2)} MB)`;
    return item;
  }));
}

for (const form of document.querySelectorAll("[data-upload]")) {
  const box = form.querySelector("[data-drop]");
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("[data-chosen]");
  input.addEventListener("change", () => listChosen(input, list));
  for (const name of ["dragenter", "dragover"]) {
    box.addEventListener(name, (event) => { event.preventDefault(); box.classList.add("is-over"); });
  }
  for (const name of ["dragleave", "drop"]) {
    box.addEventListener(name, () => box.classList.remove("is-over"));
  }
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    const all = new DataTransfer();
    for (const file of [...input.files, ...event.dataTransfer.files]) all.items.add(file);
    input.files = all.files;
    listChosen(input, list);
  });
}
