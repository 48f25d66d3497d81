/// What the page of a picture does beyond what it does without script: one step open at a time, its gate marked in the picture, arrow
/// keys between steps, a click on a gate chooses its step, and the address names the step.
enum PageScript {
  static let text = """

    "use strict";
    const steps = Array.from(document.querySelectorAll("details.step"));
    const gate = step => document.getElementById("gate-" + step.id);
    function mark(step) {
      for (const other of steps) {
        gate(other)?.classList.toggle("gw-selected", other === step);
        const summary = other.firstElementChild;
        if (other === step) summary.setAttribute("aria-current", "step"); else summary.removeAttribute("aria-current");
      }
    }
    function choose(step) {
      for (const other of steps) other.open = other === step;
      mark(step);
    }
    function named() {
      const step = document.getElementById(location.hash.slice(1));
      return steps.includes(step) ? step : null;
    }
    for (const [index, step] of steps.entries()) {
      const summary = step.firstElementChild;
      summary.addEventListener("click", event => {
        event.preventDefault();
        const opens = !step.open;
        choose(opens ? step : null);
        history.replaceState(null, "", opens ? "#" + step.id : location.pathname + location.search);
      });
      summary.addEventListener("keydown", event => {
        const next = {
          ArrowDown: steps[index + 1], ArrowUp: steps[index - 1], Home: steps[0], End: steps[steps.length - 1],
        }[event.key];
        if (!next) return;
        event.preventDefault();
        next.firstElementChild.focus();
        choose(next);
        history.replaceState(null, "", "#" + next.id);
      });
      gate(step)?.addEventListener("click", () => {
        choose(step);
        history.replaceState(null, "", "#" + step.id);
        summary.focus();
      });
    }
    function follow() {
      const step = named();
      if (step) { choose(step); step.firstElementChild.focus(); }
    }
    addEventListener("hashchange", follow);
    let opened = [];
    addEventListener("beforeprint", () => { opened = steps.filter(step => step.open); steps.forEach(step => { step.open = true; }); });
    addEventListener("afterprint", () => steps.forEach(step => { step.open = opened.includes(step); }));
    if (named()) follow(); else mark(steps.find(step => step.open) ?? null);

    """
}
