// Elsa Studio makes a Blazor component of its own for every box of the canvas, and a second one to measure it, all before anything can be done.
// Here a box becomes a component when it comes into sight, its name standing in for it until then, and what is measured is a copy of the box.
(() => {
  const roots = Blazor.rootComponents;
  const add = roots.add;
  const still = { setParameters: () => Promise.resolve(), dispose: () => Promise.resolve() };
  const coming = new WeakMap();
  const turns = [];

  // One at a time, so that the page answers in between when many come into sight at once.
  const make = () => {
    const element = turns[0];
    if (element.isConnected) coming.get(element)();
    coming.delete(element);
    turns.shift();
    if (turns.length > 0) setTimeout(make);
  };
  const sight = new IntersectionObserver(entries => entries.filter(entry => entry.isIntersecting).forEach(({ target }) => {
    sight.unobserve(target);
    if (turns.push(target) === 1) setTimeout(make);
  }));

  const placeholder = element => {
    const activity = JSON.parse(element.getAttribute("activity-json") ?? "{}");
    const name = document.createElement("div");
    name.className = "box-to-come";
    name.textContent = activity.metadata?.displayText || activity.name || activity.type;
    return name;
  };

  roots.add = (element, identifier, parameters) => {
    if (identifier !== "elsa-activity-wrapper") return add.call(roots, element, identifier, parameters);

    // Only what is measured has no id; the box it stands for is on the canvas by then.
    if (!element.id) {
      const box = document.getElementById(`activity-${element.getAttribute("activity-id")}`);
      if (!box?.querySelector(".elsa-activity")) return add.call(roots, element, identifier, parameters);
      element.replaceChildren(...Array.from(box.childNodes, node => node.cloneNode(true)));
      return Promise.resolve(still);
    }

    element.replaceChildren(placeholder(element));
    return new Promise((made, failed) => {
      coming.set(element, () => add.call(roots, element, identifier, parameters).then(made, failed));
      sight.observe(element);
    });
  };
})();
