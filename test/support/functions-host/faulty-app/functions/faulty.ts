// An app that cannot be loaded: it throws before its first registration.

throw new Error("cannot be loaded");
