import { CSPProvider } from "@base-ui/react/csp-provider";
import { QueryClientProvider } from "@tanstack/react-query";
import { lazy, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserRouter, RouterProvider } from "react-router";
import { newClient } from "./api/queries";
import { Shell } from "./frame/shell";
import { Fault } from "./pages/fault";
import "./styles/index.css";

const Overview = lazy(() => import("./pages/overview"));
const Segments = lazy(() => import("./pages/segments"));
const Retention = lazy(() => import("./pages/retention"));
const Customers = lazy(() => import("./pages/customers"));
const Customer = lazy(() => import("./pages/customer"));
const Data = lazy(() => import("./pages/data"));
const Missing = lazy(() => import("./pages/missing"));

const router = createBrowserRouter([
  {
    element: <Shell />,
    errorElement: <Fault />,
    children: [
      { path: "/", element: <Overview /> },
      { path: "/segments", element: <Segments /> },
      { path: "/retention", element: <Retention /> },
      { path: "/customers", element: <Customers /> },
      { path: "/customers/:id", element: <Customer /> },
      { path: "/data", element: <Data /> },
      { path: "*", element: <Missing /> },
    ],
  },
]);

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <QueryClientProvider client={newClient()}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </CSPProvider>
    </StrictMode>,
  );
}
