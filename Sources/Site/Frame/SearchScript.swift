/// The search of the first page: its rows are the index, so that nothing has to be fetched and nothing is there twice.
///
/// A row is a hit if it holds every word, `"words in quotes"` as one; the flows in it that hold all of them are shown with it. What is
/// searched for stands in the address (`#q=memcached`), so that it can be sent to somebody.
enum SearchScript {
  static let text = """

    "use strict";
    const form = document.getElementById("search");
    const input = document.getElementById("query");
    const count = document.getElementById("count");
    const mostFlows = 5;
    const fold = text => text.toLowerCase().replace(/\\s+/g, " ");
    const rows = Array.from(document.querySelectorAll("#scenarios tbody tr"), row => {
      const list = row.querySelector("ul.hits");
      const items = list ? Array.from(list.children, item => ({ item, text: fold(item.textContent) })) : [];
      return { row, list, items, text: fold(row.textContent) };
    });
    function wordsOf(query) {
      const found = fold(query).match(/"[^"]*"?|\\S+/g) ?? [];
      return found.map(word => word.replaceAll('"', "").trim()).filter(word => word);
    }
    function search() {
      const words = wordsOf(input.value);
      const holds = text => words.every(word => text.includes(word));
      let hits = 0;
      for (const { row, list, items, text } of rows) {
        const isHit = holds(text);
        row.hidden = !isHit;
        if (isHit) hits += 1;
        let shown = 0;
        for (const { item, text } of items) {
          const isShown = isHit && words.length > 0 && shown < mostFlows && holds(text);
          item.hidden = !isShown;
          if (isShown) shown += 1;
        }
        if (list) list.hidden = shown === 0;
      }
      const all = rows.length === 1 ? "1 scenario" : rows.length + " scenarios";
      count.textContent = words.length === 0 ? all : hits === 0 ? "none of " + all + " matches" : hits + " of " + all;
    }
    function follow() {
      const match = /^#q=(.*)$/.exec(location.hash);
      if (!match) return;
      try { input.value = decodeURIComponent(match[1].replaceAll("+", " ")); } catch { input.value = match[1]; }
      search();
    }
    form.hidden = false;
    input.addEventListener("input", () => {
      search();
      const query = input.value.trim();
      const address = query ? "#q=" + encodeURIComponent(query) : location.pathname + location.search;
      history.replaceState(null, "", address);
    });
    form.addEventListener("submit", event => {
      event.preventDefault();
      rows.find(({ row }) => !row.hidden)?.row.querySelector("a")?.focus();
    });
    addEventListener("keydown", event => {
      if (event.key === "/" && document.activeElement !== input && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        input.focus();
      }
      if (event.key === "Escape" && document.activeElement === input && input.value) {
        event.preventDefault();
        input.value = "";
        input.dispatchEvent(new Event("input"));
      }
    });
    addEventListener("hashchange", follow);
    search();
    follow();

    """
}
