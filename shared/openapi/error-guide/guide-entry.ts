// The form of one entry of the troubleshooting page. Texts know two marks: `code` between backticks and
// [words](target), where a target is `#code` of another entry or an https address. They hold no HTML.

/** Who can do something about a failure → how the page names them. */
export const ACTORS = {
  caller: "Caller",
  maker: "Maker of the flow or client",
  operator: "Gateway's operator",
  entra_admin: "Entra admin",
  databricks_admin: "Databricks admin",
  space_manager: "Manager of the Genie space",
  warehouse_manager: "Manager of the SQL warehouse",
  data_owner: "Owner of the data",
} as const;

export type Actor = keyof typeof ACTORS;

export interface GuideStep {
  readonly who: Actor;
  readonly text: string;
  /** Commands to paste after the text: of a shell, or of a SQL editor. `<…>` is a placeholder. */
  readonly commands?: { readonly language: "sh" | "sql"; readonly text: string };
}

export interface GuideEntry {
  /** What happened, in words for whoever met it. */
  readonly meaning: string;
  /** What to do, in the order in which to do it. */
  readonly steps: readonly GuideStep[];
  /** Signs by which causes are told apart, each with what it means or asks for. */
  readonly cases?: {
    readonly title: string;
    readonly rows: readonly { readonly sign: string; readonly remedy: string }[];
  };
}

/** A step with commands of a shell. */
export const withShell = (who: Actor, text: string, ...lines: readonly string[]): GuideStep => ({
  who,
  text,
  commands: { language: "sh", text: lines.join("\n") },
});
