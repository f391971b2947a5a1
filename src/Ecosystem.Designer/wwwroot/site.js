// Files made by the server reach the browser as a stream; the link is made here and dropped at once.
window.ecosystem = {
  download: async (name, type, stream) => {
    const url = URL.createObjectURL(new Blob([await stream.arrayBuffer()], { type }));
    const link = Object.assign(document.createElement("a"), { href: url, download: name });
    link.click();
    URL.revokeObjectURL(url);
  },
};
