// Runs in the browser on /redoc: starts ReDoc with the document's address that the page carries.

declare const Redoc: {
  init(url: string, options: object, element: HTMLElement | null): void;
};

const page = document.getElementById("page");
Redoc.init(page?.dataset.openapiUrl ?? "", { disableSearch: true, hideHostname: false }, page);
