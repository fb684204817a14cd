import { Component, type ReactNode } from "react";
import { ApiError } from "../api/client";
import { Failed } from "./states";

interface Props {
  children: ReactNode;
  /** What stands instead, where there is no room for words; it is given a way to try again. */
  fallback?: (retry: () => void) => ReactNode;
}

/** Whether code could not be loaded. Neither React nor the browser tries it again: the page has to be loaded anew. */
export const isLostCode = (error: unknown): boolean =>
  error instanceof Error && /dynamically imported module|module script failed|preload css/i.test(error.message);

/** Keeps a fault inside the block where it happened. */
export class Boundary extends Component<Props, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const retry = (): void => (isLostCode(error) ? window.location.reload() : this.setState({ error: null }));
    if (this.props.fallback) return this.props.fallback(retry);
    return <Failed error={isLostCode(error) ? lost : error} onRetry={retry} />;
  }
}

const lost = new ApiError({
  status: 0,
  title: "A part of the app could not be loaded",
  hint: "Retry loads the page anew",
  code: "app_code",
});
