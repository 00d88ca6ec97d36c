#!/bin/sh
# What the tests need from Debian: PostgreSQL for the second database, Chromium and a Chinese font for the browser,
# poppler to look at PDF pages, hledger to add up the books once more. Installs only what is missing.
set -e
missing=""
ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || missing="$missing postgresql"
command -v chromium-headless-shell >/dev/null 2>&1 || missing="$missing chromium-headless-shell"
fc-list 2>/dev/null | grep -q "Noto Sans CJK SC" || missing="$missing fontconfig fonts-noto-cjk"
command -v pdftoppm >/dev/null 2>&1 || missing="$missing poppler-utils"
command -v hledger >/dev/null 2>&1 || missing="$missing hledger"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" -ne 0 ]; then
    echo "Please install:$missing (apt-get install$missing), then try again." >&2
    exit 2
fi
echo "Installing:$missing"
apt-get update -qq
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
