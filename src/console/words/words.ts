/** The console's words in the language in use. Another language is one more file of the same shape, named here. */
import { indonesian } from "./id.js";

export const words = indonesian;
