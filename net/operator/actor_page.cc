#include "net/operator/actor_page.h"

namespace aura::net {
namespace {

// Values are set as text, never as HTML. The token stays in the tab's session storage.
constexpr const char* kPage = R"html(<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Actors – Aura De Mer</title>
<style>
:root { color-scheme: light dark; font: 15px/1.4 system-ui, sans-serif; }
body { margin: 1.5rem; }
form, p { margin: 0 0 1rem; }
input, select, button { font: inherit; padding: .3rem .5rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid #8884; }
td.number, th.number { text-align: right; }
tr[data-state=restarting] td { background: #f5a62333; }
tr[data-state=quarantined] td { background: #e0405533; }
#problem { color: #c22; }
</style>
<h1>Actors</h1>
<form id="token-form">
  <label>Operator token <input id="token" type="password" autocomplete="off"></label>
  <label>Depth <input id="depth" type="number" min="0" max="32" value="3"></label>
  <label>Sort <select id="sort"><option value="">by path</option><option>mailbox</option>
    <option>busy</option><option>restarts</option></select></label>
  <button>Show</button>
</form>
<p id="problem" role="alert"></p>
<table aria-label="Actors">
  <thead><tr><th>Path<th>Kind<th>State<th class="number">Mailbox<th class="number">Processed
    <th class="number">Restarts<th class="number">Busy ms<th class="number">Children
    <th>Last failure</tr></thead>
  <tbody id="rows"></tbody>
</table>
<script>
const byId = (id) => document.getElementById(id);
byId('token').value = sessionStorage.getItem('operator-token') || '';
function cell(row, value, number) {
  const td = row.insertCell();
  td.textContent = value;
  if (number) td.className = 'number';
}
async function show() {
  const token = byId('token').value;
  if (!token) return;
  const query = new URLSearchParams({depth: byId('depth').value || '3'});
  if (byId('sort').value) query.set('sort', byId('sort').value);
  try {
    const answer = await fetch('/actors?' + query,
      {headers: {Authorization: 'Bearer ' + token, Accept: 'application/json'}});
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.detail || answer.status);
    byId('problem').textContent = '';
    byId('rows').replaceChildren();
    for (const actor of body.data) {
      const row = byId('rows').insertRow();
      row.dataset.state = actor.state;
      cell(row, actor.path);
      cell(row, actor.kind);
      cell(row, actor.state);
      cell(row, actor.mailbox, true);
      cell(row, actor.processed, true);
      cell(row, actor.restarts, true);
      cell(row, Math.round(actor.busy_us / 1000), true);
      cell(row, actor.children, true);
      cell(row, actor.last_failure || '');
    }
  } catch (error) {
    byId('problem').textContent = error.message;
  }
}
byId('token-form').addEventListener('submit', (event) => {
  event.preventDefault();
  sessionStorage.setItem('operator-token', byId('token').value);
  show();
});
show();
setInterval(show, 2000);
</script>
</html>
)html";

}  // namespace

Response actor_page() {
  Response response = Response::of(200, "text/html; charset=utf-8", kPage);
  response.with("Cache-Control", "no-store")
      .with("X-Frame-Options", "DENY")
      .with("Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
            "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
  return response;
}

}  // namespace aura::net
