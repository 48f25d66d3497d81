import Pictures

/// How the pages of a site look: as the page of one trace does, and what they have besides.
enum SiteStyle {
  static let sheet = PageStyle.sheet + rules

  private static let rules = """
    header,main,footer{max-width:1000px}
    footer{color:var(--muted);font-size:.85rem;padding-top:1rem;padding-bottom:2rem}
    a{color:var(--focus)}
    a:focus-visible,input:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
    .skip{position:absolute;left:-9999px}
    .skip:focus{left:20px;top:8px;background:var(--ground);padding:.3rem .6rem;z-index:1}
    nav{display:flex;flex-wrap:wrap;gap:.2rem 1.4rem;align-items:baseline;border-bottom:1px solid var(--line);padding:.7rem 0}
    nav .site{font-weight:700;margin:0 auto 0 0}
    nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;list-style:none;margin:0;padding:0}
    nav a[aria-current]{color:var(--ink);font-weight:700;text-decoration-thickness:3px;text-underline-offset:.4rem}
    h1,h2,h3{overflow-wrap:anywhere}
    h3{font-size:1rem;margin:1.2rem 0 .3rem}
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;width:100%;font-size:.92rem}
    caption{text-align:left;color:var(--muted);padding:.2rem 0}
    th,td{text-align:left;vertical-align:top;padding:.3rem .7rem .3rem 0;border-bottom:1px solid var(--hatch);overflow-wrap:break-word}
    thead th{border-bottom:2px solid var(--line);white-space:nowrap}
    tbody th{font-weight:600}
    td.number,th.number{text-align:right;color:inherit;white-space:nowrap}
    td.short{white-space:nowrap}
    table.points{table-layout:fixed}
    table.points th:first-child{width:4.5rem}
    .word+.word{margin-left:.6rem}
    .good{color:var(--allow);font-weight:700;white-space:nowrap}
    .bad{color:var(--deny);font-weight:700;white-space:nowrap}
    .quiet{color:var(--muted)}
    .quiet{font-weight:400}
    td details{border:none;background:none}
    td summary{padding:0}
    td details[open]>summary{border:none}
    td .inside{padding:.2rem 0}
    td p:first-child{margin-top:0}
    .about{white-space:pre-line}
    .facts{margin:.5rem 0;padding:0;list-style:none}
    .facts li{margin:.15rem 0}
    form.search{display:flex;flex-wrap:wrap;gap:.4rem .8rem;align-items:center;margin:.6rem 0}
    form.search[hidden]{display:none}
    form.search label{font-weight:600}
    form.search input{font:inherit;color:var(--ink);background:var(--ground);border:2px solid var(--line);border-radius:6px;
    padding:.3rem .6rem;flex:1 1 16rem;min-width:0}
    ul.hits{list-style:none;margin:.2rem 0 0;padding:0;font-size:.87rem;font-weight:400}
    ul.hits[hidden]{display:none}
    section.step{border:1px solid var(--line);border-radius:6px;background:var(--panel);padding:.1rem .9rem .7rem;margin:.8rem 0}
    section.step.failed{border:3px double var(--deny)}
    section.step>h3{margin-top:.6rem}
    section.step:target{outline:3px solid var(--focus);outline-offset:2px}
    section.step details{background:var(--ground);margin-top:.6rem}
    section.step figure{margin:.6rem .8rem}
    .word.allow{color:var(--allow)}
    .word.deny,.word.error{color:var(--deny)}
    .word{font-weight:700}
    .failure{border-left:4px solid var(--deny);padding-left:.7rem;margin:.6rem 0}
    pre.said{margin:.2rem 0;white-space:pre-wrap;overflow-wrap:anywhere}
    pre.block{margin:.4rem 0;padding:.5rem .7rem;overflow-x:auto;background:var(--ground);border:1px solid var(--line);
    border-radius:6px}
    .head{font-weight:700}
    .added{color:var(--allow)}
    .removed{color:var(--deny)}
    .text{font-family:ui-monospace,monospace;font-size:.82rem;border:1px solid var(--line);border-radius:6px;overflow-x:auto}
    .row{display:grid;grid-template-columns:4rem minmax(max-content,1fr);align-items:baseline}
    .row .no{text-align:right;padding-right:.8rem;color:var(--muted);text-decoration:none;user-select:none}
    .row .no:hover{text-decoration:underline}
    .row code{white-space:pre;font-size:inherit;padding-right:1rem}
    .row:target{background:var(--hatch);outline:2px solid var(--focus);outline-offset:-2px}
    .row.decides{box-shadow:inset 5px 0 var(--allow)}
    .row.idle{box-shadow:inset 5px 0 var(--hatch)}
    .row .said{font-family:system-ui,sans-serif;grid-column:2;padding-bottom:.2rem}
    .row .said>*{margin-right:1rem}
    @media (max-width:640px){
    header,main,footer{padding:0 12px}
    .optional{display:none}
    .gw-picture{min-width:760px}
    }
    @media print{
    nav ul,form.search,.skip{display:none}
    a{color:inherit;text-decoration:none}
    section.step,tr{break-inside:avoid}
    .text,.scroll,pre.block{overflow:visible}
    .row code,pre.block{white-space:pre-wrap;overflow-wrap:anywhere}
    .row{grid-template-columns:4rem 1fr}
    }

    """
}
