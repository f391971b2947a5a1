// Elsa Studio's elements inside our pages: shows how far the runtime has loaded, opens our pages where Studio would navigate,
// tells of a case that was started and why something is refused, and names the entries of the list of activities so that they get their icons.
(() => {
  const names = "elsa-workflow-definition-editor, elsa-workflow-definition-list, elsa-workflow-instance-list, elsa-workflow-instance-viewer";
  const framed = window.parent !== window && window.parent.location.origin === location.origin;

  // In a frame our page around it navigates; alone, the document of the same element does.
  const go = (page, alone) => {
    if (!framed) location.href = alone;
    else if (window.parent.Blazor) window.parent.Blazor.navigateTo(page);
    else window.parent.location.href = page;
  };
  const edit = id => go(`/processes/${encodeURIComponent(id)}/edit`, `/studio/definitions/${encodeURIComponent(id)}`);
  const view = id => go(`/processes/instances/${encodeURIComponent(id)}`, `/studio/instances/${encodeURIComponent(id)}`);

  const bar = document.getElementById("loading");
  let loaded = 0;
  const seen = new PerformanceObserver(list => {
    loaded += list.getEntries().filter(entry => entry.name.includes("/_framework/")).length;
    const percent = Math.round(Math.min(96, 4 + loaded / 2.2));
    bar.style.setProperty("--done", `${percent}%`);
    bar.setAttribute("aria-valuenow", percent);
  });
  seen.observe({ type: "resource", buffered: true });

  let types = {};
  fetch("activities.json").then(answer => answer.ok ? answer.json() : {}).then(found => { types = found; mark(); });
  const mark = () => document.querySelectorAll("[draggable=true]:not([data-activity])").forEach(entry => {
    const type = types[entry.textContent.trim()];
    if (type) entry.dataset.activity = type;
  });

  const told = document.getElementById("told");
  const element = document.querySelector(names);
  if (element) customElements.whenDefined(element.localName).then(() => {
    switch (element.localName) {
      case "elsa-workflow-definition-list": case "elsa-workflow-instance-viewer": element.editWorkflowDefinition = edit; break;
      case "elsa-workflow-instance-list": element.viewWorkflowInstance = view; break;
    }
  });

  // What our page around the frame asks for: another process in the same editor, whose panels stay. Anything else is a document of its own.
  const editor = /^\/studio\/definitions\/([^/]+)$/;
  let before;
  window.studio = {
    get stays() { return element?.localName === "elsa-workflow-definition-editor"; },
    open: path => {
      const [, id] = editor.exec(path) ?? [];
      if (!id || !window.studio.stays) {
        location.replace(path);
        return;
      }
      history.replaceState(null, "", path);
      told.hidden = true;
      before = document.querySelector(".x6-node");
      document.body.classList.add("opening");
      clearTimeout(covered);
      covered = setTimeout(shown, 8000);
      performance.mark("studio-opened");
      element.setAttribute("definition-id", decodeURIComponent(id));
    },
  };
  let covered;
  const shown = () => document.body.classList.remove("opening");

  let asked = false;
  new MutationObserver(() => {
    if (element?.childElementCount > 0 && !document.body.classList.contains("ready")) {
      document.body.classList.add("ready");
      seen.disconnect();
      performance.mark("studio-ready");
    }
    if (document.body.classList.contains("opening")) {
      const box = document.querySelector(".x6-node");
      if (box && box !== before) shown();
    }
    if (!asked) {
      asked = true;
      requestAnimationFrame(() => { asked = false; mark(); });
    }
  }).observe(document.body, { childList: true, subtree: true });

  let hiding;
  const tell = (...what) => {
    told.replaceChildren(...what);
    told.hidden = false;
    clearTimeout(hiding);
    hiding = setTimeout(() => { told.hidden = true; }, 15000);
  };

  // Studio shows why saving is refused; of anything else that is refused it says only that it failed, so the reason is told here instead.
  const failed = document.getElementById("blazor-error-ui");
  let refused = -Infinity;
  new MutationObserver(() => {
    if (failed.style.display === "block" && performance.now() - refused < 3000) failed.style.display = "none";
  }).observe(failed, { attributes: true, attributeFilter: ["style"] });
  const real = window.fetch;
  window.fetch = async (...args) => {
    const answer = await real(...args);

    // It starts a case without saying where it went.
    const id = answer.headers.get("x-elsa-workflow-instance-id");
    if (id) {
      const link = Object.assign(document.createElement("a"), { href: `/processes/instances/${encodeURIComponent(id)}`, textContent: "Watch it" });
      link.addEventListener("click", event => { event.preventDefault(); view(id); });
      tell("A case was started. ", link);
    }

    const method = args[1]?.method ?? args[0].method ?? "GET";
    if (answer.status >= 400 && answer.status < 500 && method !== "GET" && !/\/elsa\/api\/workflow-definitions$/.test(answer.url)) {
      refused = performance.now();
      const problem = await answer.clone().json().catch(() => ({}));
      tell(problem.title ?? `That was refused (${answer.status}).`);
    }
    return answer;
  };
})();
