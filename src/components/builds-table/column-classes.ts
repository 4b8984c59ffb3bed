/** Widths and what a narrow screen leaves out; the build's own cell takes the rest and tells the left-out in its second line. */
export const COLUMN_CLASSES: Readonly<Record<string, string>> = {
  status: "w-31 max-md:hidden",
  build: "",
  release: "w-42 max-lg:hidden xl:w-56",
  trigger: "w-34 max-lg:hidden",
  stages: "w-22 max-md:hidden",
  duration: "w-22 text-right",
  age: "w-23 text-right max-md:hidden",
  menu: "w-12 text-right",
};
