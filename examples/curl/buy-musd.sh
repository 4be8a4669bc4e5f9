#!/bin/sh
# Buys MUSD with a card, by curl and jq: sh examples/curl/buy-musd.sh [wallet] [amount]
# CAUSEWAY_URL is the site, http://localhost:3000 unless you say otherwise.
set -eu

site=${CAUSEWAY_URL:-http://localhost:3000}
wallet=${1:-0x90F79bf6EB2c4f870365E785982E1f101E93b906}
amount=${2:-25.00}

network=$(curl -fsS "$site/api/v1/onramp/options" | jq -r 'first(.pairs[] | select(.asset == "MUSD")).network')

# Keep the key with what you are buying: a repeat with it is the same purchase, however often it is sent.
session=$(curl -fsS "$site/api/v1/onramp/sessions" \
  -H 'Content-Type: application/json' \
  -H "Idempotency-Key: $(cat /proc/sys/kernel/random/uuid 2>/dev/null || uuidgen)" \
  -d "{\"walletAddress\":\"$wallet\",\"asset\":\"MUSD\",\"network\":\"$network\",\"sourceAmount\":\"$amount\",\"sourceCurrency\":\"USD\"}")
id=$(printf '%s' "$session" | jq -r .id)
secret=$(printf '%s' "$session" | jq -r .secret)
printf 'Pay here   %s\nFollow it  %s\n' "$(printf '%s' "$session" | jq -r .checkoutUrl)" "$(printf '%s' "$session" | jq -r .statusUrl)"

status=
until [ "$status" = delivered ] || [ "$status" = expired ] || [ "$status" = rejected ]; do
  sleep 1
  status=$(curl -fsS "$site/api/v1/onramp/sessions/$id" -H "Authorization: Bearer $secret" | jq -r .status)
  printf 'Status     %s\n' "$status"
done
