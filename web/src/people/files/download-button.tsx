import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { ErrorView } from '../../ui/error-view.js';

interface Props {
  label: string;
  /** Name of the file. */
  name: string;
  read: () => Promise<Blob>;
}

/** Asks the server for a file and hands it to the browser; an error is shown here instead of a page of JSON. */
export function DownloadButton({ label, name, read }: Props) {
  const download = useMutation({
    mutationFn: read,
    onSuccess: (blob) => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(blob);
      link.download = name;
      link.click();
      URL.revokeObjectURL(link.href);
    },
  });
  return (
    <>
      <Button loading={download.isPending} onClick={() => download.mutate()}>
        {label}
      </Button>
      {download.isError && <ErrorView error={download.error} />}
    </>
  );
}
