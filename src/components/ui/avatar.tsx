"use client";

import { Avatar as AvatarPrimitive } from "radix-ui";
import { cn } from "./class-names";

export interface AvatarProps {
  name: string;
  image?: string | null;
  className?: string;
}

/** A picture, or the first letters of the name. Decoration: the name stands beside it or in the label of what holds it. */
export function Avatar({ name, image, className }: AvatarProps) {
  const initials = name.trim().split(/\s+/).slice(0, 2).map((part) => part.charAt(0).toUpperCase()).join("");
  return (
    <AvatarPrimitive.Root aria-hidden className={cn("inline-flex size-5 shrink-0 items-center justify-center overflow-hidden rounded-full bg-accent-soft text-[0.5625rem] font-semibold text-accent select-none", className)}>
      {image === null || image === undefined ? null : <AvatarPrimitive.Image src={image} alt="" className="size-full object-cover" />}
      {/* Not as text: a button's name would have to begin with these letters. */}
      <AvatarPrimitive.Fallback data-initials={initials === "" ? "?" : initials} className="before:content-[attr(data-initials)]" />
    </AvatarPrimitive.Root>
  );
}
