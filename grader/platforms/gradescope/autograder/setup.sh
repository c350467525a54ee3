#!/usr/bin/env bash
# Gradescope builds the image of the autograder with this, once.
set -euo pipefail

NODE_VERSION=20.19.5
SOURCE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install -y --no-install-recommends ca-certificates curl xz-utils
# The isolation uses it if the machine allows it.
apt-get install -y --no-install-recommends bubblewrap || true

case "$(uname -m)" in
  x86_64) architecture=x64 ;;
  aarch64) architecture=arm64 ;;
  *) echo "no Node.js for $(uname -m)" >&2; exit 1 ;;
esac
archive="node-v$NODE_VERSION-linux-$architecture.tar.xz"
cd /tmp
curl -fsSLO "https://nodejs.org/dist/v$NODE_VERSION/$archive"
curl -fsSL "https://nodejs.org/dist/v$NODE_VERSION/SHASUMS256.txt" | grep " $archive\$" | sha256sum -c -
tar -xJf "$archive" -C /usr/local --strip-components=1 --exclude='*.md'
rm "$archive"

cd "$SOURCE/im2grade"
# What is published has no package-lock.json.
if [ -f package-lock.json ]; then npm ci --no-audit --no-fund; else npm install --omit=dev --no-audit --no-fund; fi
# Tests the image, and builds once what every grading needs.
cd "$SOURCE/@COURSE@"
node "$SOURCE/im2grade/grader/cli/grade.cjs" "reference/@ASSIGNMENT@" --course . --assignment "@ASSIGNMENT@" --only correctness --out /tmp/proof
rm -r /tmp/proof
