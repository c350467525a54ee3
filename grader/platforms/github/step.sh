#!/usr/bin/env bash
# The grading step of action.yml. What a submission says goes to the log between stop-commands, so that no line of it is taken
# for a command of the workflow; the score's own commands come after.
set -uo pipefail

submission="$(realpath -- "$GITHUB_WORKSPACE/$SUBMISSION")" || exit 2
reports="$(mktemp -d "${RUNNER_TEMP:-/tmp}/im2grade.XXXXXX")"
echo "reports=$reports" >> "$GITHUB_OUTPUT"

options=(--out "$reports" --report "junit=$reports/junit.xml")
for format in github-summary github-annotations github-classroom; do
  options+=(--report "$format=$reports/$format")
done
# Named in any case: a folder of the submission must not be taken for the course.
course="$ACTION_PATH"
[ -n "${COURSE:-}" ] && { course="$(realpath -- "$GITHUB_WORKSPACE/$COURSE")" || exit 2; }
options+=("--course=$course")
[ -n "${ASSIGNMENT:-}" ] && options+=("--assignment=$ASSIGNMENT")
[ -n "${FAIL_UNDER:-}" ] && options+=("--fail-under=$FAIL_UNDER")
set -f
for criteria in ${ONLY:-}; do options+=("--only=$criteria"); done
set +f

token="$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')"
log="$reports/log.txt"
(cd "$ACTION_PATH" && npm run --silent grade -- "$submission" "${options[@]}") > "$log" 2>&1
code=$?
# The log quotes hidden inputs; a submission that cannot be graded has none.
if [ "$code" -ge 2 ]; then
  echo "::stop-commands::$token"
  cat "$log"
  echo
  echo "::$token::"
fi

[ -f "$reports/github-summary" ] && cat "$reports/github-summary" >> "$GITHUB_STEP_SUMMARY"
for format in github-annotations github-classroom; do
  [ -f "$reports/$format" ] && cat "$reports/$format"
done
exit "$code"
