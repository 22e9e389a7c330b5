/* Draws what the list says. Every page of the map is complete without this file. What the device tells stays here. */
(() => {
  const NEAREST = 20;
  const CELL = 44;
  // So far apart that a finger hits the one it means.
  const APART = 48;
  const STEPS = [10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];
  const EARTH = 6371008.8;

  const CHINESE = /\p{Script=Han}/u;
  const ABROAD = !document.documentElement.lang.startsWith("zh");

  /* What is not translated says so, to whoever reads aloud. */
  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    if (ABROAD && children.some((each) => typeof each === "string" && CHINESE.test(each))) made.lang = "zh-Hans";
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    made.append(...children.filter((each) => each !== "" && each !== null));
    return made;
  };

  const metres = (a, b) => {
    const rad = Math.PI / 180;
    const square = Math.sin(((b[1] - a[1]) * rad) / 2) ** 2
      + Math.cos(a[1] * rad) * Math.cos(b[1] * rad) * Math.sin(((b[0] - a[0]) * rad) / 2) ** 2;
    return 2 * EARTH * Math.asin(Math.sqrt(square));
  };

  const written = (data, length) => (length < 995
    ? data.metres.replace("{number}", Math.round(length / 10) * 10)
    : data.kilometres.replace("{number}", String(Number((length / 1000).toFixed(1)))));

  const canvas = (box) => {
    const data = box.dataset;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const map = L.map(box, {
      zoomControl: false, attributionControl: false, maxZoom: Number(data.nearest || 17), minZoom: 5,
      zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm, inertia: !calm,
    });
    L.control.zoom({ zoomInTitle: data.zoomIn, zoomOutTitle: data.zoomOut }).addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    L.control.attribution({ prefix: "Leaflet" }).addAttribution(text(data.attribution)).addTo(map);
    if (data.tiles) {
      data.tiles.split(" ").forEach((template) => {
        L.tileLayer(template, { subdomains: data.subdomains, maxZoom: Number(data.nearest) }).addTo(map);
      });
    } else {
      graticule(map);
    }
    return map;
  };

  // Leaflet takes HTML there; ours is text.
  const text = (words) => element("span", {}, words).innerHTML;

  const graticule = (map) => {
    const layer = L.layerGroup().addTo(map);
    const degree = (value, sign) => `${Number(value.toFixed(4))}°${sign}`;
    const line = (points, label, at) => {
      L.polyline(points, { className: "map__line", interactive: false }).addTo(layer);
      const icon = L.divIcon({ className: "map__degree", html: label, iconSize: null });
      L.marker(at, { icon, interactive: false, keyboard: false }).addTo(layer);
    };
    const draw = () => {
      layer.clearLayers();
      const seen = map.getBounds();
      const [west, east, south, north] = [seen.getWest(), seen.getEast(), seen.getSouth(), seen.getNorth()];
      // A line every ninety pixels or more: a phone has room for four.
      const step = [...STEPS].reverse().find((each) => each >= ((east - west) / map.getSize().x) * 90) || 10;
      const low = map.containerPointToLatLng([0, map.getSize().y - 34]).lat;
      // Beside the buttons, not behind them.
      const left = (y) => map.containerPointToLatLng([map.latLngToContainerPoint([y, west]).y < 100 ? 60 : 6, 0]).lng;
      for (let x = Math.ceil(west / step) * step; x < east; x += step) line([[south, x], [north, x]], degree(x, "E"), [low, x]);
      for (let y = Math.ceil(south / step) * step; y < north; y += step) line([[y, west], [y, east]], degree(y, "N"), [y, left(y)]);
    };
    map.on("moveend resize", draw);
  };

  const pin = (row, kind = "") => L.divIcon({
    className: `map__pin ${kind} ${row.number > 99 ? "map__pin--long" : ""}`.trim(), html: String(row.number), iconSize: [row.number > 999 ? 40 : 30, 30],
  });

  const named = (row) => (row.owner ? `${row.title} ${row.owner}` : row.title);

  const card = (row, more) => element("div", {},
    element("b", {}, `${row.number}　${row.title}`), row.owner ? element("div", {}, row.owner) : "",
    row.address ? element("div", {}, row.address) : "", row.hours ? element("div", {}, row.hours) : "",
    element("a", { href: row.url }, more));

  const groupCard = (rows) => {
    const list = element("ul");
    rows.slice(0, 12).forEach((row) => list.append(element("li", {}, element("a", { href: row.url }, `${row.number}　${named(row)}`))));
    return list;
  };

  /* Pins in the order of their numbers, those that would cover each other as one. */
  const pins = (map, box) => {
    const layer = L.layerGroup().addTo(map);
    let rows = [];
    const single = (row) => {
      const marker = L.marker([row.y, row.x], { icon: pin(row), title: named(row), riseOnHover: true }).bindPopup(() => card(row, box.dataset.more)).addTo(layer);
      marker.getElement().setAttribute("aria-label", `${row.number} ${named(row)}`);
      return marker;
    };
    const several = ({ rows: group, bounds }) => {
      const size = group.length > 99 ? 46 : 38;
      const icon = L.divIcon({ className: "map__group", html: String(group.length), iconSize: [size, size] });
      const label = box.dataset.group.replace("{number}", group.length);
      const marker = L.marker(bounds.getCenter(), { icon, title: label }).addTo(layer);
      marker.getElement().setAttribute("aria-label", label);
      marker.on("click", () => {
        const near = map.project(bounds.getNorthEast(), map.getMaxZoom()).distanceTo(map.project(bounds.getSouthWest(), map.getMaxZoom()));
        if (map.getZoom() >= map.getMaxZoom() || near < CELL) marker.bindPopup(groupCard(group)).openPopup();
        else map.fitBounds(bounds, { padding: [40, 40] });
      });
    };
    const gathered = (members) => {
      const bounds = L.latLngBounds(members.map((row) => [row.y, row.x]));
      return { rows: members, bounds, at: map.project(bounds.getCenter()) };
    };
    /* Neighbours whose middles lie too near are one. */
    const apart = (lists) => {
      const groups = lists.map(gathered);
      for (let merged = true; merged;) {
        merged = false;
        for (let i = 0; i < groups.length; i += 1) {
          for (let j = groups.length - 1; j > i; j -= 1) {
            if (groups[i].at.distanceTo(groups[j].at) < APART) {
              groups[i] = gathered([...groups[i].rows, ...groups.splice(j, 1)[0].rows]);
              merged = true;
            }
          }
        }
      }
      return groups;
    };
    const draw = () => {
      if (map._popup && map._popup.isOpen()) return;
      layer.clearLayers();
      const seen = map.getBounds().pad(0.2);
      const cells = new Map();
      rows.filter((row) => seen.contains([row.y, row.x])).forEach((row) => {
        const at = map.project([row.y, row.x]).divideBy(CELL).floor();
        const key = `${at.x},${at.y}`;
        cells.set(key, [...(cells.get(key) || []), row]);
      });
      apart([...cells.values()]).forEach((group) => (group.rows.length > 1 ? several(group) : single(group.rows[0])));
    };
    map.on("moveend", draw);
    map.on("popupclose", () => setTimeout(draw));
    return {
      show(list) { rows = list; draw(); },
      find(number) {
        const row = rows.find((each) => each.number === number);
        if (!row) return;
        map.closePopup();
        map.setView([row.y, row.x], Math.max(map.getZoom(), 16));
        L.popup({ offset: [0, -8] }).setLatLng([row.y, row.x]).setContent(card(row, box.dataset.more)).openOn(map);
      },
    };
  };

  const readRows = (found) => found.rows.map((values) => {
    const row = Object.fromEntries(found.columns.map((name, index) => [name, values[index]]));
    return { ...row, url: found.root + row.url, x: row.x ?? row.longitude, y: row.y ?? row.latitude };
  });

  const fit = (map, rows, origin) => {
    const points = (origin ? rows.slice(0, NEAREST) : rows).map((row) => [row.y, row.x]);
    if (origin) points.push([origin.position[1], origin.position[0]]);
    if (points.length) map.fitBounds(points, { padding: [36, 36], maxZoom: 15 });
    else map.setView([35, 105], 5);
  };

  const marked = (map, position, title) => {
    const icon = L.divIcon({ className: "map__me", iconSize: [20, 20] });
    return L.marker([position[1], position[0]], { icon, title, keyboard: false, interactive: false }).addTo(map);
  };

  const words = (map, found) => {
    found.labels.forEach(([title, x, y]) => {
      const icon = L.divIcon({ className: "map__label", html: element("span", {}, title).outerHTML, iconSize: [120, 20] });
      L.marker([y, x], { icon, interactive: false, keyboard: false, zIndexOffset: -1000 }).addTo(map);
    });
    const far = () => map.getContainer().classList.toggle("map--far", map.getZoom() < 11);
    map.on("zoomend", far);
    far();
    found.areas.forEach((area) => {
      const said = element("div", {}, ...area.notices.flatMap((notice) => [
        element("b", {}, element("a", { href: notice.url }, notice.title)), element("div", {}, `${notice.when}　${notice.until}`),
      ]));
      L.circle([area.position[1], area.position[0]], { radius: area.metres, className: "map__area" }).bindPopup(said).addTo(map);
    });
  };

  /* Nearest to the device: sorted here, renumbered here, sent nowhere. */
  const nearMe = (map, box, drawn, found, say) => {
    const button = document.getElementById("map-near");
    if (!button || !navigator.geolocation || !isSecureContext) return;
    const rows = readRows(found);
    let me = found.start;
    button.hidden = false;
    const sorted = (here) => {
      const list = rows.map((row) => ({ ...row, metres: metres(here, [row.longitude, row.latitude]) }));
      list.sort((a, b) => a.metres - b.metres);
      return list.map((row, index) => ({ ...row, number: index + 1 }));
    };
    const place = (row, here) => {
      const at = `${here[0].toFixed(4)},${here[1].toFixed(4)}`;
      const way = row.key ? element("a", { href: `${box.dataset.routes}?to=${encodeURIComponent(row.key)}&from=${at}` }, box.dataset.route) : "";
      return element("li", { class: "outlet", "data-number": row.number, value: row.number },
        element("div", { class: "row2" }, element("a", { class: "row__title", href: row.url }, row.title), element("span", { class: "muted num" }, written(box.dataset, row.metres))),
        ...[row.owner, row.address, row.hours].filter(Boolean).map((each) => element("div", { class: "muted" }, each)),
        element("div", { class: "meta" }, way));
    };
    const told = ({ coords }) => {
      const here = [coords.longitude, coords.latitude];
      const list = sorted(here);
      if (!list.length) {
        say(box.dataset.nowhere);
        return;
      }
      const shown = list.slice(0, NEAREST);
      const made = element("ol", { class: "outlets" }, ...shown.map((row) => place(row, here)));
      document.getElementById("places-list").replaceChildren(made);
      say(box.dataset.sorted.replace("{number}", shown.length));
      // What shifts a place on a shifted map shifts its neighbours as far.
      const nearest = list[0];
      const seen = [here[0] + nearest.x - nearest.longitude, here[1] + nearest.y - nearest.latitude];
      if (me) me.remove();
      me = marked(map, seen, box.dataset.here);
      map.closePopup();
      drawn.show(list);
      fit(map, list, { position: seen });
    };
    button.addEventListener("click", () => {
      say(box.dataset.asking);
      navigator.geolocation.getCurrentPosition(told, () => say(box.dataset.refused), { timeout: 10000, maximumAge: 60000 });
    });
  };

  const tools = (map, box, drawn, found, say) => {
    document.getElementById("map-tools").hidden = false;
    document.getElementById("map-centre").addEventListener("click", () => {
      const address = new URL(location.href);
      const centre = map.getCenter();
      // Shifted maps: what is at the centre is told by its nearest place.
      const rows = readRows(found);
      const nearest = rows.reduce((best, row) => (!best || metres([centre.lng, centre.lat], [row.x, row.y]) < metres([centre.lng, centre.lat], [best.x, best.y]) ? row : best), null);
      const [east, north] = nearest ? [nearest.x - nearest.longitude, nearest.y - nearest.latitude] : [0, 0];
      address.searchParams.set("at", `${(centre.lng - east).toFixed(4)},${(centre.lat - north).toFixed(4)}`);
      ["page", "near"].forEach((name) => address.searchParams.delete(name));
      location.assign(address);
    });
    document.querySelectorAll("[data-show]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => {
        box.scrollIntoView({ block: "nearest" });
        drawn.find(Number(button.dataset.show));
      });
    });
    nearMe(map, box, drawn, found, say);
  };

  const places = async (box) => {
    const said = document.getElementById("map-said");
    const say = (sentence) => { said.textContent = sentence; };
    let found;
    try {
      const response = await fetch(box.dataset.points);
      if (!response.ok) throw new Error(response.status);
      found = await response.json();
    } catch {
      say(box.dataset.away);
      return;
    }
    const map = canvas(box);
    const rows = readRows(found);
    fit(map, rows, found.origin);
    words(map, found);
    const start = found.origin ? marked(map, found.origin.position, found.origin.title) : null;
    const drawn = pins(map, box);
    drawn.show(rows);
    tools(map, box, drawn, { ...found, start }, say);
  };

  /* A way: its line, and both ends. */
  const route = (box) => {
    const points = JSON.parse(document.getElementById("map-line").textContent);
    const map = canvas(box);
    const line = points.map(([x, y]) => [y, x]);
    const shape = L.polyline(line, { className: `map__route ${box.dataset.straight ? "map__route--straight" : ""}`.trim(), interactive: false });
    map.fitBounds(L.latLngBounds(line), { padding: [36, 36], maxZoom: 16 });
    shape.addTo(map);
    [[line[0], box.dataset.start], [line[line.length - 1], box.dataset.goal]].forEach(([at, word]) => {
      L.marker(at, { icon: L.divIcon({ className: "map__pin map__pin--end", html: text(word), iconSize: [30, 30] }), keyboard: false, interactive: false }).addTo(map);
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    const box = document.getElementById("map");
    if (!box || !window.L) return;
    if (box.dataset.points) places(box);
    else route(box);
  });
})();
