#!/bin/sh
# Run all tests and say plainly whether the browser tests were among them. `make test` calls this.
set -u
if ! { command -v chromium || command -v chromium-browser || command -v google-chrome || test -n "${CHROMIUM_PATH:-}"; } > /dev/null 2>&1; then
    if [ "${REQUIRE_BROWSER:-}" = 1 ]; then
        echo "REQUIRE_BROWSER=1, but there is no Chromium on this machine."
        exit 1
    fi
    echo "No Chromium on this machine: the browser tests will NOT run. Install chromium to run them."
fi
"$PYTHON" -m pytest -n "${TEST_PROCESSES:-2}" --dist loadfile tests
result=$?
"$PYTHON" -m config.embedded_postgres stop --if-idle --folder "${DATA_ROOT:-.data}/tests" > /dev/null
exit $result
