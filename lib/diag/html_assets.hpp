// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace dectprov {

// The style and the script of the HTML report. The page carries them, since it is read without a network.

inline constexpr std::string_view html_style = R"css(
:root { color-scheme: light dark; --text: #1c2024; --dim: #5b6470; --page: #f6f7f9; --card: #fff; --line: #d9dde3;
  --error: #b3261e; --warning: #8a5a00; --note: #1d5f9e; --mark: #ffe08a; --code: #f1f3f6; }
@media screen and (prefers-color-scheme: dark) {
  :root { --text: #e4e7eb; --dim: #9aa4b1; --page: #15181c; --card: #1e2227; --line: #343a43;
    --error: #ff8a80; --warning: #f2c14e; --note: #8ab8ff; --mark: #6b5310; --code: #15181c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
header, main, footer { max-width: 75rem; margin: 0 auto; padding: 0 1.25rem; }
h1 { font-size: 1.4rem; margin: 1.5rem 0 .25rem; }
header p { margin: 0 0 1rem; color: var(--dim); }
.error { --own: var(--error); } .warning { --own: var(--warning); } .note { --own: var(--note); }
.tables { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1rem;
  align-items: start; }
.scroll { max-height: 17rem; overflow: auto; background: var(--card); border: 1px solid var(--line);
  border-radius: 6px; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .25rem .75rem; text-align: right; border-bottom: 1px solid var(--line);
  font-variant-numeric: tabular-nums; }
th { position: sticky; top: 0; background: var(--card); color: var(--dim); font-weight: 600; }
th:first-child, td:first-child { text-align: left; overflow-wrap: anywhere; }
tr:last-child td { border-bottom: 0; }
.wide th, .wide td { text-align: left; vertical-align: top; overflow-wrap: break-word; }
td button, .rule { all: unset; cursor: pointer; font: 13px/1.5 ui-monospace, monospace; }
td button:hover, .rule { text-decoration: underline; }
.rule { text-decoration-style: dotted; text-underline-offset: 3px; }
button:focus-visible, summary:focus-visible { outline: 2px solid var(--note); outline-offset: 2px; }
form { position: sticky; top: 0; z-index: 1; background: var(--page); padding: .75rem 0; margin-top: .5rem;
  display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; border-bottom: 1px solid var(--line); }
form input[type=search] { flex: 1 1 16rem; }
form input[type=search], form select { font: inherit; padding: .35rem .6rem; color: inherit; background: var(--card);
  border: 1px solid var(--line); border-radius: 6px; max-width: 100%; }
form label { display: inline-flex; gap: .35rem; align-items: center; }
form output { color: var(--dim); margin-left: auto; }
.quick { margin: .75rem 0 0; }
section { content-visibility: auto; contain-intrinsic-size: auto 20rem; padding-bottom: .25rem; }
h2 span { color: var(--dim); font-weight: 400; }
h2 { font: 600 14px/1.5 ui-monospace, monospace; margin: 1.25rem 0 .5rem; overflow-wrap: anywhere; }
h2.words { font: 600 1.05rem/1.5 system-ui, sans-serif; }
article { content-visibility: auto; contain-intrinsic-size: auto 6rem; background: var(--card);
  border: 1px solid var(--line); border-left: 4px solid var(--own); border-radius: 6px; padding: .5rem .85rem;
  margin: 0 0 .5rem; }
article details { color: var(--dim); font-size: 14px; }
article p { margin: 0; overflow-wrap: anywhere; }
article .at { color: var(--dim); font: 13px/1.6 ui-monospace, monospace; }
article .at b { color: var(--own); }
article .why { border-top: 1px solid var(--line); margin-top: .5rem; padding-top: .5rem; }
.rules { content-visibility: visible; margin-top: 1.5rem; }
.rules details { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .4rem .85rem;
  margin: 0 0 .5rem; }
.rules p { margin: .4rem 0 0; overflow-wrap: anywhere; }
summary { cursor: pointer; overflow-wrap: anywhere; }
.more { color: var(--dim); font-size: 14px; }
pre { margin: .4rem 0; padding: .4rem .6rem; background: var(--code); border-radius: 4px; overflow-x: auto;
  font: 13px/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
mark { background: var(--mark); color: inherit; border-bottom: 2px solid var(--own); }
mark:empty { border-left: 2px solid var(--own); border-bottom: 0; }
.none { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 1.5rem;
  text-align: center; color: var(--dim); margin-top: 1rem; }
footer { color: var(--dim); font-size: 13px; padding-top: 1rem; padding-bottom: 2rem; }
[hidden] { display: none !important; }
@media screen and (max-width: 40rem), screen and (max-height: 30rem) {
  form { position: static; }
  form select { flex: 1 1 10rem; }
  .wide thead { position: absolute; clip-path: inset(50%); }
  .wide, .wide tbody, .wide tr, .wide td { display: block; }
  .wide tr { border-bottom: 1px solid var(--line); padding: .25rem 0; }
  .wide td { border: 0; padding: 0; }
  .wide td:first-child { font-weight: 600; }
}
@media print {
  :root { color-scheme: light; --page: #fff; }
  body { font-size: 10pt; }
  form { position: static; } form > :not(output) { display: none; }
  .rule { text-decoration: none; }
  .scroll { max-height: none; overflow: visible; }
  th { position: static; }
  section, article { content-visibility: visible; }
  article, .rules details { break-inside: avoid; }
  mark { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
)css";

inline constexpr std::string_view html_script = R"js(
(() => {
  // What a rule says stands once in the page; it is shown at a finding when its name is clicked.
  document.querySelector('main').addEventListener('click', event => {
    const button = event.target.closest('button.rule');
    if (!button) return;
    const article = button.closest('article');
    const open = article.querySelector('.why');
    button.setAttribute('aria-expanded', String(!open));
    if (open) return open.remove();
    const says = document.querySelector('#r' + article.dataset.r + ' > div').cloneNode(true);
    says.className = 'why';
    article.append(says);
  });
  addEventListener('beforeprint', () => {
    for (const one of document.querySelectorAll('details')) one.open = true;
  });
  const form = document.querySelector('form');
  if (!form) return;
  // What gets the focus is not scrolled to where the form, which stays at the top, would cover it.
  new ResizeObserver(() => {
    const stays = getComputedStyle(form).position === 'sticky';
    document.documentElement.style.scrollPaddingTop = stays ? form.offsetHeight + 8 + 'px' : '';
  }).observe(form);
  const groups = [...document.querySelectorAll('section:not(.rules), .wide tbody')].map(node => ({
    node, name: (node.querySelector('h2')?.textContent ?? '').toLowerCase(),
    items: [...node.querySelectorAll('article, tr')].map(item => ({
      node: item, text: null, kind: form[item.dataset.k ?? item.className],
      servers: ' ' + (item.dataset.s ?? '') + ' ' })) }));
  const total = document.querySelectorAll('article').length;
  const apply = () => {
    const words = form.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    const server = form.server?.value ?? '';
    const rule = form.rule?.value ?? '';
    let shown = 0;
    for (const group of groups) {
      let left = 0;
      for (const item of group.items) {
        const { node } = item;
        if (words.length && item.text === null) item.text = group.name + ' ' + node.textContent.toLowerCase();
        const is_row = node.localName === 'tr';
        const fits = (is_row || item.kind.checked) && (server === '' || item.servers.includes(' ' + server + ' ')) &&
          (is_row || rule === '' || node.dataset.r === rule) && words.every(word => item.text.includes(word));
        if (node.hidden === fits) node.hidden = !fits;
        if (fits) left++;
        if (fits && !is_row) shown++;
      }
      if (group.node.localName === 'section') group.node.hidden = left === 0;
    }
    form.querySelector('output').textContent = shown === total ? total + ' shown' : shown + ' of ' + total + ' shown';
  };
  let timer = 0;
  form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(apply, 120); });
  form.addEventListener('submit', event => event.preventDefault());
  document.querySelector('header').addEventListener('click', event => {
    const button = event.target.closest('td button');
    if (!button) return;
    form[button.dataset.f].value = button.dataset.v;
    apply();
    form.scrollIntoView();
  });
  form.reset();
  apply();
})();
)js";

}  // namespace dectprov
