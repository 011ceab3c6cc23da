// The map of schools: own points, no foreign tiles. The list beside it says the same without script.
(function () {
  "use strict";

  document.querySelectorAll("[data-school-map]").forEach(function (place) {
    if (!window.L) return;
    fetch(place.dataset.schoolMap, { credentials: "same-origin" })
      .then(function (answer) {
        return answer.ok ? answer.json() : null;
      })
      .then(function (data) {
        if (data) draw(place, data);
      })
      .catch(function () {
        // no network: the list stays
      });
  });

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function words(properties) {
    var box = document.createElement("div");
    var link = document.createElement("a");
    link.href = properties.url;
    link.textContent = properties.name;
    box.append(link, document.createElement("br"), properties.address || "");
    return box;
  }

  function draw(place, data) {
    place.hidden = false;
    var map = L.map(place, { attributionControl: false, scrollWheelZoom: false });
    var level = place.dataset.level;
    var schools = L.geoJSON(data, {
      filter: function (feature) {
        var told = feature.properties;
        return told.kind === "school" && (!level || told.levels.indexOf(level) >= 0);
      },
      pointToLayer: function (feature, at) {
        return L.circleMarker(at, {
          radius: 8,
          color: colour("--brand"),
          weight: 2,
          fillColor: colour("--brand"),
          fillOpacity: 0.7,
        }).bindPopup(words(feature.properties));
      },
    }).addTo(map);
    L.geoJSON(data, {
      filter: function (feature) {
        return feature.properties.kind === "commune";
      },
      pointToLayer: function (feature, at) {
        return L.circleMarker(at, { radius: 2, color: colour("--line-strong"), interactive: false }).bindTooltip(
          feature.properties.name,
          { permanent: true, direction: "top", className: "map-commune" },
        );
      },
    }).addTo(map);
    if (place.dataset.latitude) map.setView([Number(place.dataset.latitude), Number(place.dataset.longitude)], 12);
    else if (schools.getLayers().length) map.fitBounds(schools.getBounds(), { padding: [24, 24] });
    else map.setView([21.6, 103.3], 9);
  }
})();
