/**
 * Loaded by every function of the deployed door before its own code (NODE_OPTIONS): time is ahead by
 * what the test says, in milliseconds. Nothing of it is in the bundles.
 */
const { getEnvironmentData } = require('node:worker_threads');

const RealDate = Date;
const ahead = new Float64Array(getEnvironmentData('aheadMs'));
const now = () => RealDate.now() + ahead[0];

globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(now());
    else super(...parts);
  }

  static now() {
    return now();
  }
};
