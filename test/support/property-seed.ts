// One seed of fast-check for everybody: the same commit gives the same result on any machine. It never explores on
// its own; `PROPERTY_SEED=$RANDOM npm test` looks at other cases.

import { configureGlobal } from "fast-check";

configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 20_260_719) });
