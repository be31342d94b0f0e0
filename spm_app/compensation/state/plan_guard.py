"""What the browser itself does for the editor: it keeps unsaved words from being lost, and knows a few keys.

The page says by `data-unsaved` whether there is something to lose, and by `data-do` which button a key presses.
"""

from __future__ import annotations

#: Installed once a page; harmless everywhere else, for it looks for the editor first.
GUARD = """(() => {
  if (window.__planGuard) return;
  window.__planGuard = true;
  const editor = () => document.querySelector('[data-plan-editor]');
  const unsaved = () => editor()?.getAttribute('data-unsaved') === 'true';
  addEventListener('beforeunload', event => { if (unsaved()) event.preventDefault(); });
  addEventListener('click', event => {
    const link = event.target.closest?.('a[href]');
    if (!link || !unsaved() || link.target === '_blank' || link.hasAttribute('download')) return;
    if (new URL(link.href, location.href).pathname === location.pathname) return;
    if (!confirm(editor().getAttribute('data-question'))) { event.preventDefault(); event.stopPropagation(); }
    else editor().setAttribute('data-unsaved', 'false');
  }, true);
  const press = (name, inside = editor()) => inside?.querySelector(`[data-do=${name}]:not([disabled])`)?.click();
  addEventListener('keydown', event => {
    if (!editor()) return;
    const key = event.key.toLowerCase(), command = event.ctrlKey || event.metaKey;
    const block = event.target.closest?.('[data-block]');
    const again = key === 'y' || (key === 'z' && event.shiftKey);
    if (command && key === 's') press('save');
    else if (command && (key === 'z' || key === 'y') && editor().contains(event.target)) press(again ? 'redo' : 'undo');
    else if (event.altKey && key === 'arrowup' && block) press('up', block);
    else if (event.altKey && key === 'arrowdown' && block) press('down', block);
    else return;
    event.preventDefault();
  });
})()"""
