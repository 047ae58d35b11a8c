using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Internal;
using Microsoft.Extensions.Options;

namespace Vbs.Identity.Keystone;

/// <summary>Remembers what Keystone said of a token: valid ones until their expiry or the limit, refused ones briefly. What could not be asked
/// is not an answer and is not kept. Refusals have a cache of their own: inventing tokens drives out no valid one.</summary>
internal sealed class AnswerCache : IDisposable
{
    private readonly TimeProvider time;
    private readonly TimeSpan validFor;
    private readonly TimeSpan refusedFor;
    private readonly MemoryCache valid;
    private readonly MemoryCache refused;

    public AnswerCache(IOptions<KeystoneOptions> options, TimeProvider time)
    {
        this.time = time;
        validFor = TimeSpan.FromSeconds(options.Value.CacheSeconds);
        refusedFor = TimeSpan.FromSeconds(options.Value.RefusalCacheSeconds);
        valid = new MemoryCache(Bounds(options.Value.CacheEntries));
        refused = new MemoryCache(Bounds(options.Value.CacheEntries));
    }

    /// <summary>What is remembered of a token; null when nothing is.</summary>
    public TokenAnswer? Find(string digest) =>
        valid.TryGetValue(digest, out Caller? caller) ? TokenAnswer.Of(caller!)
        : refused.TryGetValue(digest, out _) ? TokenAnswer.Unauthorized
        : null;

    /// <summary>Remembers a valid token.</summary>
    public void Keep(string digest, Caller caller, DateTimeOffset expiresAt) => Keep(valid, digest, caller, validFor, expiresAt);

    /// <summary>Remembers a refused token.</summary>
    public void KeepRefusal(string digest) => Keep(refused, digest, "", refusedFor, DateTimeOffset.MaxValue);

    public void Dispose()
    {
        valid.Dispose();
        refused.Dispose();
    }

    private void Keep(MemoryCache cache, string digest, object value, TimeSpan limit, DateTimeOffset expiresAt)
    {
        var until = time.GetUtcNow() + limit;
        if (limit > TimeSpan.Zero)
        {
            cache.Set(digest, value, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpiration = until < expiresAt ? until : expiresAt });
        }
    }

    private MemoryCacheOptions Bounds(int entries) => new() { SizeLimit = entries, Clock = new Clock(time) };

    private sealed class Clock(TimeProvider time) : ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }
}
