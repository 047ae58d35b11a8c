using Azure;
using VbsFunctions.Http.Answers;

namespace VbsFunctions.Tests.Http.Answers;

public sealed class StorageFaultsTests
{
    [Theory]
    [InlineData(0, null, 503)]
    [InlineData(429, "TooManyRequests", 503)]
    [InlineData(503, "ServerBusy", 503)]
    [InlineData(408, null, 504)]
    [InlineData(504, null, 504)]
    [InlineData(500, "OperationTimedOut", 504)]
    [InlineData(500, "InternalError", 502)]
    [InlineData(501, null, 502)]
    [InlineData(400, "InvalidInput", 502)]
    [InlineData(403, "AuthorizationFailure", 502)]
    [InlineData(404, "TableNotFound", 502)]
    public void What_storage_says_becomes_what_the_client_can_use(int status, string? code, int answer)
    {
        var fault = StorageFaults.Of(new RequestFailedException(status, "account secret-name does not like you", code, null));

        Assert.Equal(answer, fault.Status);
        Assert.DoesNotContain("secret-name", fault.Message, StringComparison.Ordinal);
        Assert.Equal(answer == 503 ? [("Retry-After", "5")] : [], fault.Headers);
        Assert.Equal(answer == 503 ? "VolumeBackup.0900" : null, fault.ErrorCode);
    }
}
