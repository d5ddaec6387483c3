/** @file A picture drawn anew into one that is there already: what has stayed the same is left alone. Knows no explorable. */

/** Makes the inside of an SVG element that of `text`; texts and shapes that are as before need no new layout. */
export function updatePicture(group: Element, text: string): void {
  const fresh = document.createElementNS("http://www.w3.org/2000/svg", "g")
  fresh.innerHTML = text
  children(group, fresh)
}

function children(old: Element, fresh: Element): void {
  let [a, b] = [old.firstChild, fresh.firstChild]
  while (a && b) {
    const [nextA, nextB]: (ChildNode | null)[] = [a.nextSibling, b.nextSibling]
    if (a.nodeName !== b.nodeName) a.replaceWith(b)
    else if (a instanceof Element && b instanceof Element) one(a, b)
    else if (a.nodeValue !== b.nodeValue) a.nodeValue = b.nodeValue
    ;[a, b] = [nextA, nextB]
  }
  for (; a; ) {
    const next: ChildNode | null = a.nextSibling
    a.remove()
    a = next
  }
  for (; b; ) {
    const next: ChildNode | null = b.nextSibling
    old.append(b)
    b = next
  }
}

function one(old: Element, fresh: Element): void {
  for (const { name, value } of fresh.attributes)
    if (old.getAttribute(name) !== value) old.setAttribute(name, value)
  if (old.attributes.length !== fresh.attributes.length)
    for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name)
  children(old, fresh)
}
