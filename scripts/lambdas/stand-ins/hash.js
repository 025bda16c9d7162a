// Stands in for @apollo/utils.createhash, which doesn't see Node's hashes from inside a bundle and
// falls back on sha.js: slower at every request, and 12 KB.
import * as crypto from 'node:crypto';

export const createHash = crypto.createHash;
