// Checks a diploma's credential in the browser: signature (Ed25519), then the signed status list. Nothing is sent.
// A worker keeps page, keys and lists, so that it also answers without a network.
(function () {
  "use strict";

  var place = document.getElementById("verdict");
  if (!place || !window.crypto || !window.crypto.subtle || typeof BigInt !== "function") return; // the form goes to the office

  // --- Ed25519 (RFC 8032), checking only ---------------------------------------------------------------
  var P = BigInt(2) ** BigInt(255) - BigInt(19);
  var ORDER = BigInt(2) ** BigInt(252) + BigInt("27742317777372353535851937790883648493");
  var ZERO = BigInt(0);
  var ONE = BigInt(1);
  var TWO = BigInt(2);

  function mod(x, m) {
    var rest = x % m;
    return rest < ZERO ? rest + m : rest;
  }

  function power(base, exponent) {
    var result = ONE;
    for (var b = mod(base, P), e = exponent; e > ZERO; e >>= ONE) {
      if (e & ONE) result = (result * b) % P;
      b = (b * b) % P;
    }
    return result;
  }

  function inverse(x) {
    return power(x, P - TWO);
  }

  var D = mod(BigInt(-121665) * inverse(BigInt(121666)), P);
  var ROOT = power(TWO, (P - ONE) / BigInt(4));

  // Points as X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z.
  function add(a, b) {
    var A = mod((a[1] - a[0]) * (b[1] - b[0]), P);
    var B = mod((a[1] + a[0]) * (b[1] + b[0]), P);
    var C = mod(TWO * a[3] * b[3] * D, P);
    var E = mod(TWO * a[2] * b[2], P);
    var F = B - A;
    var G = E - C;
    var H = E + C;
    var I = B + A;
    return [mod(F * G, P), mod(H * I, P), mod(G * H, P), mod(F * I, P)];
  }

  function times(point, scalar) {
    var result = [ZERO, ONE, ONE, ZERO];
    for (var p = point, s = scalar; s > ZERO; s >>= ONE) {
      if (s & ONE) result = add(result, p);
      p = add(p, p);
    }
    return result;
  }

  function little(bytes) {
    var value = ZERO;
    for (var i = bytes.length - 1; i >= 0; i -= 1) value = (value << BigInt(8)) | BigInt(bytes[i]);
    return value;
  }

  function point(bytes) {
    var y = little(bytes);
    var sign = y >> BigInt(255);
    y &= (ONE << BigInt(255)) - ONE;
    if (y >= P) return null;
    var y2 = (y * y) % P;
    var x2 = mod((y2 - ONE) * inverse(D * y2 + ONE), P);
    var x = power(x2, (P + BigInt(3)) / BigInt(8));
    if ((x * x) % P !== x2) x = (x * ROOT) % P;
    if ((x * x) % P !== x2 || (x === ZERO && sign)) return null;
    if ((x & ONE) !== sign) x = P - x;
    return [x, y, ONE, (x * y) % P];
  }

  var BASE = (function () {
    var y = mod(BigInt(4) * inverse(BigInt(5)), P);
    var bytes = new Uint8Array(32);
    for (var i = 0; i < 32; i += 1) bytes[i] = Number((y >> BigInt(8 * i)) & BigInt(255));
    return point(bytes);
  })();

  function signed(key, signature, message) {
    var A = signature.length === 64 && key.length === 32 ? point(key) : null;
    var R = A && point(signature.slice(0, 32));
    var s = little(signature.slice(32));
    if (!A || !R || s >= ORDER) return Promise.resolve(false);
    var all = new Uint8Array(64 + message.length);
    all.set(signature.slice(0, 32), 0);
    all.set(key, 32);
    all.set(message, 64);
    return crypto.subtle.digest("SHA-512", all).then(function (digest) {
      var k = mod(little(new Uint8Array(digest)), ORDER);
      var left = times(BASE, s);
      var right = add(R, times(A, k));
      return mod(left[0] * right[2] - right[0] * left[2], P) === ZERO && mod(left[1] * right[2] - right[1] * left[2], P) === ZERO;
    });
  }

  // --- JWT and status list ------------------------------------------------------------------------------
  function bytesOf(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (letter) {
      return letter.charCodeAt(0);
    });
  }

  function json(text) {
    return JSON.parse(new TextDecoder().decode(bytesOf(text)));
  }

  function Refusal(answer) {
    this.answer = answer;
  }

  // Gives the claims of a JWT that one of the keys signed; throws a Refusal.
  function opened(token, keys) {
    var parts = token.split(".");
    var header;
    try {
      header = json(parts[0]);
    } catch (error) {
      throw new Refusal("broken");
    }
    if (parts.length !== 3 || header.typ !== "vc+jwt" || header.alg !== "Ed25519") throw new Refusal("broken");
    var jwk = keys.filter(function (key) {
      return key.kid === header.kid;
    })[0];
    if (!jwk) throw new Refusal("foreign");
    return signed(bytesOf(jwk.x), bytesOf(parts[2]), new TextEncoder().encode(parts[0] + "." + parts[1])).then(function (good) {
      if (!good) throw new Refusal("broken");
      return json(parts[1]);
    });
  }

  function unzipped(bytes) {
    var stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).arrayBuffer().then(function (buffer) {
      return new Uint8Array(buffer);
    });
  }

  function statusOf(claims, keys) {
    var entry = claims.credentialStatus;
    var index = Number(entry.statusListIndex);
    return fetch(entry.statusListCredential, { credentials: "omit", cache: "no-cache" })
      .then(function (answer) {
        if (answer.status !== 200) throw new Refusal("unknown");
        return answer.text();
      })
      .then(function (token) {
        return opened(token.trim(), keys);
      })
      .then(function (list) {
        if (list.id !== entry.statusListCredential) throw new Refusal("unknown");
        return unzipped(bytesOf(list.credentialSubject.encodedList.slice(1))).then(function (bits) {
          var value = (bits[index >> 2] >> (6 - 2 * (index & 3))) & 3;
          return { answer: entry.statusMessage[value].message, at: list.validFrom };
        });
      })
      .catch(function (error) {
        if (error instanceof Refusal && error.answer !== "unknown") throw error;
        return { answer: "unknown", at: "" };
      });
  }

  // --- the page ------------------------------------------------------------------------------------------
  var words = document.getElementById("labels").content;

  function label(name) {
    return words.querySelector('[data-label="' + name + '"]').textContent;
  }

  function dateInWords(partial) {
    return String(partial).split("-").reverse().join("/");
  }

  function show(answer, claims, at) {
    place.querySelectorAll("[data-verdict]").forEach(function (part) {
      part.hidden = part.dataset.verdict !== answer;
    });
    var list = document.getElementById("claims");
    list.textContent = "";
    list.hidden = !claims;
    if (claims) tell(list, claims);
    var asOf = document.getElementById("checked-as-of");
    asOf.hidden = !at;
    asOf.querySelector(".figures").textContent = at ? new Date(at).toLocaleString(document.documentElement.lang === "en" ? "en-GB" : "vi-VN") : "";
    asOf.querySelector("[data-offline]").hidden = navigator.onLine;
    place.dataset.answer = answer;
    var first = place.querySelector('[data-verdict="' + answer + '"] [tabindex]');
    if (first) first.focus();
  }

  function tell(list, claims) {
    var subject = claims.credentialSubject;
    var diploma = subject.diploma;
    var level = words.querySelector('[data-level="' + CSS.escape(diploma.level) + '"]');
    [
      ["name", subject.name],
      ["birthDate", dateInWords(subject.birthDate)],
      ["level", level ? level.textContent : diploma.level],
      ["year", diploma.year],
      ["serial", diploma.serial],
      ["registerNumber", diploma.registerNumber],
      ["grade", diploma.grade],
      ["school", diploma.school],
      ["issuedBy", diploma.issuedBy],
      ["certifiedBy", claims.issuer.name],
    ].forEach(function (row) {
      if (!row[1]) return;
      var line = document.createElement("div");
      line.className = "summary-row";
      var term = document.createElement("dt");
      term.textContent = label(row[0]);
      var value = document.createElement("dd");
      value.textContent = row[1];
      value.lang = "vi";
      line.append(term, value);
      list.append(line);
    });
  }

  function check(text) {
    var found = /[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/.exec(text.slice(text.lastIndexOf("#") + 1));
    if (!found) {
      show("broken");
      return;
    }
    fetch(place.dataset.keys, { credentials: "omit" })
      .then(function (answer) {
        if (answer.status !== 200) throw new Error("no keys");
        return answer.json();
      })
      .catch(function () {
        throw new Refusal("no-keys");
      })
      .then(function (document_) {
        var keys = document_.keys;
        return Promise.resolve(opened(found[0], keys)).then(function (claims) {
          return statusOf(claims, keys).then(function (status) {
            show(status.answer, claims, status.at);
          });
        });
      })
      .catch(function (error) {
        show(error instanceof Refusal ? error.answer : "broken");
      });
  }

  document.getElementById("paste").addEventListener("submit", function (event) {
    var text = document.getElementById("credential").value.trim();
    if (!text) return;
    event.preventDefault();
    event.stopPropagation();
    check(text);
  });
  window.addEventListener("hashchange", fromAddress);
  fromAddress();

  function fromAddress() {
    if (location.hash.length > 40) check(location.hash);
  }

  if ("serviceWorker" in navigator && window.isSecureContext) {
    navigator.serviceWorker.register(place.dataset.worker).catch(function () {
      // then it answers with a network only
    });
  }
})();
