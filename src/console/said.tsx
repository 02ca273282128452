/** What a page says about what was just done. */
export function Said({ notice, error }: { notice?: string; error?: string }) {
  return (
    <>
      {notice === undefined ? null : (
        <p class="notice" role="status">
          {notice}
        </p>
      )}
      {error === undefined ? null : (
        <p class="notice bad" role="alert">
          {error}
        </p>
      )}
    </>
  );
}
