/* Finds the number whose digest behind the salt is the challenge; null if there is none, or no digest to be had. */
onmessage = async ({ data: { algorithm, challenge, salt, maxnumber } }) => {
  const encoder = new TextEncoder();
  const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (!self.crypto?.subtle) { postMessage(null); return; }
  for (let number = 0; number <= maxnumber; number += 1) {
    if (hex(await crypto.subtle.digest(algorithm, encoder.encode(salt + number))) === challenge) { postMessage(number); return; }
  }
  postMessage(null);
};
