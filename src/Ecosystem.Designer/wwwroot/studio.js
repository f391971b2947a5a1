// Shows how far the runtime has loaded, tells the page around the frame what happens, and opens our pages where Studio would navigate.
(() => {
  const seen = new PerformanceObserver(list => {
    loaded += list.getEntries().filter(entry => entry.name.includes("/_framework/")).length;
    document.documentElement.style.setProperty("--done", Math.min(96, 4 + loaded / 2.2) + "%");
  });
  let loaded = 0;
  seen.observe({ type: "resource", buffered: true });
  const ready = new MutationObserver(() => {
    const element = document.querySelector("elsa-workflow-definition-editor, elsa-workflow-definition-list, elsa-workflow-instance-list, elsa-workflow-instance-viewer");
    if (element && element.childElementCount > 0) {
      document.body.classList.add("ready");
      seen.disconnect();
      ready.disconnect();
    }
  });
  ready.observe(document.body, { childList: true, subtree: true });
})();
