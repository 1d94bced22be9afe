// One run, one installation: what is expensive is made once for both.

import { after } from 'node:test';

import './client.js';
import './patience.js';
import { removed } from './service.js';

after(removed);
