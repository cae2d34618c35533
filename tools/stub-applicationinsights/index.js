// Stands in for the applicationinsights package, which Azurite requires at load even with telemetry
// switched off. It collects and sends nothing; why it is here: docs/dependencies.md.
module.exports = {
  setup() {
    return this;
  },
  start() {},
  defaultClient: undefined,
  TelemetryClient: class {
    constructor() {
      this.config = {};
      this.context = { tags: {}, keys: {} };
    }
  },
};
