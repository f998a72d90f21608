export { StateSwitch } from './state-switch.js';
