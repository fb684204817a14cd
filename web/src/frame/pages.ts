/** The pages there are, in the order of the sidebar. */
export const pages = [
  { path: "/", name: "Overview", group: "" },
  { path: "/segments", name: "Segments", group: "Customers" },
  { path: "/retention", name: "Retention", group: "Customers" },
  { path: "/customers", name: "Customer 360", group: "Customers" },
  { path: "/data", name: "Data", group: "Workspace" },
] as const;
