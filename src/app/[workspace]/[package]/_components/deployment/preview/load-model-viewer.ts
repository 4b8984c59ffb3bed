"use client";

let loading: Promise<void> | null = null;

/**
 * Defines `<model-viewer>` in this page, once. Its decoders of compressed models would be fetched from elsewhere when a
 * model asks for them: ours never do, and one that does must fail here instead of calling out.
 */
export function loadModelViewer(): Promise<void> {
  loading ??= import("@google/model-viewer").then(
    ({ ModelViewerElement }) => {
      ModelViewerElement.dracoDecoderLocation = "/no-decoder/";
      ModelViewerElement.ktx2TranscoderLocation = "/no-decoder/";
      ModelViewerElement.lottieLoaderLocation = "/no-decoder/lottie.js";
    },
    (error: unknown) => {
      loading = null;
      throw error;
    },
  );
  return loading;
}
