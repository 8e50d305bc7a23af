// The chart library cut down to what our pages draw (scatter is always in the core).
// Built into static/vendor/plotly.min.js by `make setup`; nothing of it is committed.
const Plotly = require("plotly.js/lib/core");

Plotly.register([
  require("plotly.js/lib/bar"),
  require("plotly.js/lib/waterfall"),
  require("plotly.js/lib/treemap"),
  require("plotly.js/lib/icicle"),
  require("plotly.js/lib/sunburst"),
  require("plotly.js/lib/sankey"),
  require("plotly.js/lib/locales/zh-cn"),
]);

module.exports = Plotly;
