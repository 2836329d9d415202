/** The one style sheet of the local pages; served by itself, so that no page needs inline styles. */
export const styleSheet = `
:root { --ink: #1c2430; --soft: #566173; --line: #d9dee6; --paper: #fff; --ground: #f3f5f8; --main: #0b5cad; --good: #17683a; --bad: #9b1c1c; --wait: #855600; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, "Be Vietnam Pro", "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
header { display: flex; gap: 1rem; align-items: baseline; padding: .7rem max(1rem, calc((100vw - 62rem) / 2 + 1rem)); background: var(--ink); color: #dfe5ee; }
header a { color: #fff; font-weight: 700; text-decoration: none; }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: .5rem 0; }
h2 { font-size: 1.15rem; margin: 2rem 0 .6rem; }
small { color: var(--soft); font-size: .82em; font-weight: 400; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 1.25rem 1.5rem; margin: 1rem 0; }
table { width: 100%; border-collapse: collapse; background: var(--paper); border: 1px solid var(--line); border-radius: 10px; }
th, td { text-align: left; padding: .55rem .8rem; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--soft); font-weight: 600; font-size: .88rem; }
tr:last-child td { border-bottom: 0; }
td.number, th.number { text-align: right; white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1.25rem; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
.amount { font-size: 2rem; line-height: 1.2; font-weight: 700; margin: 0 0 .6rem; }
.amount .state { vertical-align: middle; }
.card > :first-child { margin-top: 0; }
.card > :last-child, .card > div > :last-child { margin-bottom: 0; }
form { display: inline-flex; flex-wrap: wrap; gap: .4rem; align-items: center; margin: .2rem .4rem .2rem 0; }
button, .button { display: inline-block; font: inherit; font-weight: 600; padding: .5rem .95rem; border-radius: 7px; border: 1px solid var(--line); background: var(--paper); color: var(--ink); cursor: pointer; text-decoration: none; }
button:hover, .button:hover { border-color: var(--main); }
button:focus-visible, a:focus-visible, input:focus-visible { outline: 3px solid #78b0ee; outline-offset: 2px; }
.primary { background: var(--main); border-color: var(--main); color: #fff; }
.primary small { color: #dbe9f8; }
.at-gateway { border-top: 6px solid var(--main); }
.at-gateway > div > h2 { margin-top: 0; }
.choices { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); align-items: stretch; gap: .5rem; margin-right: 0; }
.transfer { display: flex; flex-wrap: wrap; gap: 1rem 2rem; align-items: flex-start; justify-content: space-between; }
.transfer > div { flex: 1 1 20rem; }
.qr { width: 13rem; height: 13rem; border: 1px solid var(--line); border-radius: 7px; }
.fields { display: block; }
.fields label { display: block; margin-bottom: .9rem; }
.fields input { display: block; width: 100%; max-width: 30rem; font-weight: 400; }
.state { display: inline-block; padding: .1rem .6rem; border-radius: 99px; font-size: .88rem; font-weight: 600; background: #e6eaf0; white-space: nowrap; }
.state.good { background: #dff2e6; color: var(--good); }
.state.bad { background: #fbe3e3; color: var(--bad); }
.state.wait { background: #fcefd2; color: var(--wait); }
.notice { border-left: 5px solid var(--wait); background: #fff8e8; padding: .7rem 1rem; margin: 1rem 0; }
.notice.bad { border-color: var(--bad); background: #fdf0f0; }
code, pre { font: .88em/1.5 ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; white-space: pre-wrap; }
pre { background: #1c2430; color: #e8edf5; border-radius: 8px; padding: .9rem 1.1rem; margin: .5rem 0; }
input { font: inherit; padding: .4rem .5rem; border: 1px solid var(--line); border-radius: 7px; }
input[type=number] { width: 5rem; }
label { font-weight: 600; }
a { color: var(--main); }
ul.plain { list-style: none; padding: 0; margin: 0; }
table + form { margin-top: 1rem; }
@media (max-width: 44rem) { table, tbody, tr, td { display: block; } thead { display: none; } td { border: 0; padding: .25rem .8rem; } tr { padding: .5rem 0; border-bottom: 1px solid var(--line); } td.number { text-align: left; } dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } }
`;
