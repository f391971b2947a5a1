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
    idle(window.ecosystem.studio.warm);
  });
};

// The canvas lives in one frame beside the pages, because its runtime takes seconds to start: it starts once, in the background where it may be wanted
// next, or when a process is opened first. A page that shows it says where; one process after the other is then shown by the same editor.
window.ecosystem.studio = (() => {
  let frame, slot;
  const hide = () => {
    slot = null;
    sizes.disconnect();
    if (frame.contentWindow.studio?.stays) {
      frame.classList.add("waiting");
      frame.inert = true;
    } else {
      frame.remove();
      frame = null;
    }
  };
  const place = () => {
    if (!slot) return;
    if (!slot.isConnected) return hide();
    const box = slot.getBoundingClientRect();
    Object.assign(frame.style, { left: `${box.left + scrollX}px`, top: `${box.top + scrollY}px`, width: `${box.width}px`, height: `${box.height}px` });
  };
  const sizes = new ResizeObserver(place);
  const changes = new MutationObserver(place);
  const make = source => {
    frame = Object.assign(document.createElement("iframe"), { className: "studio", src: source });
    document.body.append(frame);
    changes.observe(document.body, { childList: true, subtree: true });
  };
  return {
    warm: () => {
      if (frame || !matchMedia("(min-width: 700px)").matches) return;
      make("/studio/warm");
      frame.classList.add("waiting");
      frame.inert = true;
    },
    show: (element, source, title) => {
      if (!frame) make(source);
      else if (frame.contentWindow.studio) frame.contentWindow.studio.open(source);
      else frame.src = source;
      slot = element;
      frame.title = title;
      frame.inert = false;
      frame.classList.remove("waiting");
      sizes.observe(slot);
      sizes.observe(document.body);
      place();
    },
  };
})();
