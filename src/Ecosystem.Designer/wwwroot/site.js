// Files made by the server reach the browser as a stream; the link is made here and dropped at once.
window.ecosystem = {
  download: async (name, type, stream) => {
    const url = URL.createObjectURL(new Blob([await stream.arrayBuffer()], { type }));
    const link = Object.assign(document.createElement("a"), { href: url, download: name });
    link.click();
    URL.revokeObjectURL(url);
  },
};

// The canvas is heavy: where somebody may open it next, its files are fetched in the background, one after the other, when nothing else is going on.
window.ecosystem.preloadStudio = () => {
  if (window.ecosystem.preloading || navigator.connection?.saveData) return;
  window.ecosystem.preloading = true;
  const idle = window.requestIdleCallback ?? (work => setTimeout(work, 200));
  idle(async () => {
    const files = await fetch("/studio/preload.json", { priority: "low" }).then(answer => answer.ok ? answer.json() : []).catch(() => []);
    for (const file of files) {
      await fetch(file, { priority: "low", credentials: "same-origin" }).then(answer => answer.arrayBuffer()).catch(() => null);
    }
    performance.mark("studio-preloaded");
  });
};
