"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button";
import { cn } from "./class-names";
import { toast } from "./toast";

/** Puts text on the clipboard, also where the page is not served securely (plain http on a LAN). Resolves false when refused. */
export async function copyText({ text }: { text: string }): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("aria-hidden", "true");
    area.className = "fixed top-0 left-0 opacity-0";
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    return copied;
  }
}

export interface CopyButtonProps {
  text: string;
  /** What is copied: "build id", "install command". */
  what: string;
  /** Text on the button; without it the button is an icon. */
  label?: string;
  className?: string;
}

export function CopyButton({ text, what, label, className }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy() {
    if (await copyText({ text })) setCopied(true);
    else toast.error(`The ${what} could not be copied`, { description: "The browser refused. Select the text and copy it by hand." });
  }

  return (
    <Button
      variant={label === undefined ? "ghost" : "secondary"}
      size={label === undefined ? "icon-sm" : "md"}
      className={cn(label === undefined && "size-6 [&_svg]:size-3", className)}
      aria-label={label === undefined ? `Copy ${what}` : undefined}
      onClick={() => void copy()}
    >
      {copied ? <Check aria-hidden className="text-successful" /> : <Copy aria-hidden />}
      {label}
      <span role="status" className="sr-only">{copied ? `Copied ${what}` : ""}</span>
    </Button>
  );
}
