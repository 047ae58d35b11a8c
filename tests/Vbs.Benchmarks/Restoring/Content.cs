using System.Text;

namespace Vbs.Benchmarks.Restoring;

/// <summary>The content of the disk: runs of 1 MiB, of four in turn two of random bytes, one of zeros and one of text.</summary>
/// <remarks>The same bytes every time, and no run the same as another: what is compressed is neither trivial nor repeated.</remarks>
internal static class Content
{
    private const int RunBytes = 1 << 20;
    private static readonly string[] Words = [.. MakeWords(new Random(7), 4_000)];

    /// <summary>Writes the content to a file.</summary>
    public static void Write(string path, long lengthBytes)
    {
        using var file = File.Create(path);
        for (var run = 0; run < lengthBytes / RunBytes; run++)
        {
            file.Write(Run(run, seed: run));
        }
    }

    /// <summary>One run; with another seed, what an increment finds there.</summary>
    public static byte[] Run(int run, int seed)
    {
        var (bytes, random) = (new byte[RunBytes], new Random(seed));
        switch (run % 4)
        {
            case 0 or 2:
                random.NextBytes(bytes);
                break;
            case 3:
                WriteText(bytes, random);
                break;
        }

        return bytes;
    }

    /// <summary>Words by Zipf's law: the n-th most frequent is half as frequent as the n/2-th.</summary>
    private static void WriteText(byte[] bytes, Random random)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var word = Words[(int)Math.Pow(Words.Length, random.NextDouble()) - 1];
            at += Encoding.ASCII.GetBytes(word.AsSpan(0, Math.Min(word.Length, bytes.Length - at)), bytes.AsSpan(at));
        }
    }

    private static IEnumerable<string> MakeWords(Random random, int count) =>
        Enumerable.Range(0, count).Select(i =>
            string.Concat(Enumerable.Range(0, random.Next(2, 10)).Select(_ => (char)('a' + random.Next(26)))) + (i % 16 == 0 ? ".\n" : " "));
}
