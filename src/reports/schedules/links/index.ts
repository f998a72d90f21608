export { forgetLinks } from './link.repository.js';
export { makeLink, PackLinks, packPage, sampleOffer } from './pack-links.js';
export { PacksController } from './packs.controller.js';
