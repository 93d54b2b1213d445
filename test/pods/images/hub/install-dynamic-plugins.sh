#!/usr/bin/env bash
# What the script of this name in RHDH's image leaves behind when there is nothing to install.
set -euo pipefail
echo '{}' > "$1/app-config.dynamic-plugins.yaml"
