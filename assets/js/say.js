// The few things that every other file here uses. A page works without any of them.
const cv = {};

document.documentElement.classList.add('js');

// To screen readers, when they pause.
cv.say = words => {
  const place = document.getElementById('say');
  if (place) place.textContent = words;
};

cv.clock = () => {
  const now = new Date();
  return String(now.getHours()).padStart(2, '0') + ':' + String(now.getMinutes()).padStart(2, '0');
};

// Listens on the document, so that fragments which come later need no setting up.
cv.on = (type, selector, deed) => document.addEventListener(type, event => {
  const found = event.target.closest?.(selector);
  if (found) deed(found, event);
});

cv.make = (tag, words, attributes) => {
  const made = document.createElement(tag);
  made.textContent = words;
  for (const name in attributes) made.setAttribute(name, attributes[name]);
  return made;
};

cv.inField = element => !!element?.closest?.('input, select, textarea, [contenteditable]');

// A Vietnamese typing program is at work on these letters: never touch the key.
cv.composing = event => event.isComposing || event.keyCode === 229;

for (const type of ['htmx:error', 'htmx:response:error']) {
  document.addEventListener(type, () => cv.say('Không tải được. Hãy thử lại.'));
}
