namespace Vbs.Tests.Backups.Chunks;

/// <summary>Breaks the connection in the middle of the first answers' bodies.</summary>
internal sealed class CuttingNetwork(int cuts) : DelegatingHandler(new SocketsHttpHandler())
{
    private const int CutAfterBytes = 100_000;

    public int Answers { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (Answers++ < cuts)
        {
            var whole = answer.Content;
            answer.Content = new StreamContent(new Cut(await whole.ReadAsStreamAsync(cancellationToken)));
            foreach (var (name, values) in whole.Headers)
            {
                answer.Content.Headers.TryAddWithoutValidation(name, values);
            }
        }

        return answer;
    }

    private sealed class Cut(Stream body) : MemoryStream
    {
        private int left = CutAfterBytes;

        public override bool CanSeek => false;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (left == 0)
            {
                throw new IOException("The connection was cut.");
            }

            var read = await body.ReadAsync(buffer[..Math.Min(left, buffer.Length)], cancellationToken);
            left -= read;
            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        protected override void Dispose(bool disposing)
        {
            body.Dispose();
            base.Dispose(disposing);
        }
    }
}
