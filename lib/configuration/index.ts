export { fileLayer, type LayerResult, objectLayer, variablesLayer } from './config-layer';
export type { Configuration } from './configuration';
export { Environment, type PodContainer } from './environment';
export { ofTheImage } from './image-defaults';
export { filled, unknownText } from './known-text';
export { LayeredConfig } from './layered-config';
export { type MountedFile, type PodVolume, volumeFile, workingDirectory } from './mounted-file';
export { openedDatabases, type OpenedDatabases } from './opened-databases';
export type { ConfigObject, ConfigSurroundings, ConfigValue } from './substitution';
