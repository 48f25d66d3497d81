/// How pages with pictures look: on a screen, light or dark, and in print.
package enum PageStyle {
  package static let sheet = variables + rules + Palette.sheet

  private static var variables: String {
    func block(_ colour: (Palette.Colour) -> String) -> String {
      ":root{" + Palette.colours.map { "--\($0.name):\(colour($0))" }.joined(separator: ";") + "}"
    }
    return "\n" + block(\.light) + "\n@media (prefers-color-scheme: dark){" + block(\.dark) + "}\n"
  }

  private static let rules = """
    :root{color-scheme:light dark}
    body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
    header,main,footer{max-width:1000px;margin:0 auto;padding:0 20px}
    h1{font-size:1.4rem;overflow-wrap:anywhere;margin:1.2rem 0 .3rem}
    h2{font-size:1.15rem;margin:1.6rem 0 .5rem}
    p{margin:.4rem 0;overflow-wrap:anywhere}
    code,pre{font-family:ui-monospace,monospace;font-size:.87rem}
    .verdict{font-size:1.1rem;font-weight:600;padding:.5rem .8rem;border:2px solid;border-radius:6px}
    .verdict.allow,.allow>summary .word{color:var(--allow)}
    .verdict.deny,.deny>summary .word{color:var(--deny)}
    .verdict.allow{background:var(--allow-ground)}
    .verdict.deny{background:var(--deny-ground)}
    .context,.place,.why,.number{color:var(--muted)}
    figure{margin:1rem 0;overflow-x:auto}
    .gw-picture{max-width:100%;height:auto;display:block}
    .gw-halo{stroke:none}
    .gw-selected .gw-halo{stroke-width:4}
    .hint{color:var(--muted);font-size:.9rem}
    ol.steps{list-style:none;margin:0;padding:0}
    ol.steps>li{margin:.3rem 0}
    details{border:1px solid var(--line);border-radius:6px;background:var(--panel)}
    details.aside{border-style:dashed}
    details.decides{border-width:3px}
    summary{padding:.45rem .8rem;cursor:pointer;overflow-wrap:anywhere}
    summary:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:6px}
    summary .word{font-weight:700}
    summary .title{font-weight:600}
    details[open]>summary{border-bottom:1px solid var(--line)}
    .inside{padding:.5rem .8rem .8rem}
    .tried{margin:.6rem 0}
    .tried>p{font-weight:600}
    .tried ol{list-style:none;margin:0;padding:0 0 0 1rem}
    .rule{margin:.4rem 0;padding-left:.6rem;border-left:3px solid var(--line)}
    .rule.matched{border-left:6px double var(--ink)}
    .criteria{list-style:none;margin:.2rem 0;padding:0 0 0 1rem}
    .holds .mark{color:var(--allow);font-weight:700}
    .fails .mark{color:var(--deny);font-weight:700}
    .excerpt{margin:.4rem 0;border:1px solid var(--line);border-radius:6px;background:var(--ground)}
    .excerpt figcaption{padding:.2rem .6rem;color:var(--muted);border-bottom:1px solid var(--line)}
    .excerpt pre{margin:0;padding:.4rem .6rem;overflow-x:auto}
    .excerpt pre:focus-visible{outline:3px solid var(--focus)}
    @media print{
    :root{color-scheme:light}
    .hint{display:none}
    details,.excerpt,figure{break-inside:avoid}
    details::details-content{content-visibility:visible;display:block}
    }

    """
}
