// The work that shows a look-up to be one person's: a number whose SHA-256 with the page's challenge begins
// with enough zero bits. It begins while the reader types; without script three look-ups an hour are open.
(function () {
  "use strict";

  var K = [];
  var START = [];
  (function constants() {
    function fraction(x) {
      return ((x - Math.floor(x)) * 0x100000000) | 0;
    }
    for (var n = 2; K.length < 64; n += 1) {
      var prime = true;
      for (var d = 2; d * d <= n; d += 1) if (n % d === 0) prime = false;
      if (!prime) continue;
      if (START.length < 8) START.push(fraction(Math.sqrt(n)));
      K.push(fraction(Math.cbrt(n)));
    }
  })();

  function rotate(x, by) {
    return (x >>> by) | (x << (32 - by));
  }

  // The first word of the SHA-256 of an ASCII text.
  function firstWord(text) {
    var blocks = ((text.length + 8) >> 6) + 1;
    var words = new Int32Array(blocks * 16);
    for (var i = 0; i < text.length; i += 1) words[i >> 2] |= text.charCodeAt(i) << (24 - 8 * (i & 3));
    words[text.length >> 2] |= 0x80 << (24 - 8 * (text.length & 3));
    words[blocks * 16 - 1] = text.length * 8;
    var state = START.slice();
    var w = new Int32Array(64);
    for (var block = 0; block < blocks; block += 1) {
      var h = state.slice();
      for (var t = 0; t < 64; t += 1) {
        if (t < 16) w[t] = words[block * 16 + t];
        else {
          var a = w[t - 15];
          var b = w[t - 2];
          var s0 = rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3);
          var s1 = rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10);
          w[t] = (w[t - 16] + s0 + w[t - 7] + s1) | 0;
        }
        var e = h[4];
        var big1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
        var one = (h[7] + big1 + ((e & h[5]) ^ (~e & h[6])) + K[t] + w[t]) | 0;
        var c = h[0];
        var big0 = rotate(c, 2) ^ rotate(c, 13) ^ rotate(c, 22);
        var two = (big0 + ((c & h[1]) ^ (c & h[2]) ^ (h[1] & h[2]))) | 0;
        h = [(one + two) | 0, h[0], h[1], h[2], (h[3] + one) | 0, h[4], h[5], h[6]];
      }
      for (var j = 0; j < 8; j += 1) state[j] = (state[j] + h[j]) | 0;
    }
    return state[0] >>> 0;
  }

  document.querySelectorAll("form[data-proof]").forEach(function (form) {
    var challenge = form.elements.challenge.value;
    var bits = Number(challenge.split(".")[2]);
    var next = 0;
    var waiting = false;

    function work() {
      for (var until = next + 1500; next < until; next += 1) {
        if (firstWord(challenge + ":" + next) >>> (32 - bits) === 0) {
          form.elements.proof.value = String(next);
          if (waiting) form.requestSubmit();
          return;
        }
      }
      window.setTimeout(work, 0);
    }

    form.addEventListener("submit", function (event) {
      if (form.elements.proof.value) return;
      event.preventDefault();
      event.stopPropagation();
      waiting = true;
      var button = form.querySelector("button[data-busy] span");
      if (button) button.textContent = form.querySelector("button[data-busy]").dataset.busy;
    });
    window.setTimeout(work, 0);
  });
})();
