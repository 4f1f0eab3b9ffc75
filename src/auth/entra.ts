import { Failure } from '../core/errors.ts';
import { missingPackage } from '../core/missing-package.ts';
import { remembered } from '../core/remembered.ts';
import { kept } from './token.ts';

/** What a token for Azure's model endpoints is asked for. https://learn.microsoft.com/azure/ai-foundry/openai/how-to/managed-identity */
const SCOPE = 'https://cognitiveservices.azure.com/.default';

const HOUR_MS = 3_600_000;

async function credential() {
  try {
    const { DefaultAzureCredential } = await import('@azure/identity');
    return new DefaultAzureCredential();
  } catch (error) {
    throw missingPackage(
      '@azure/identity',
      'Azure without a key signs in with Microsoft Entra ID',
      'or set AZURE_OPENAI_API_KEY',
      error,
    );
  }
}

/** Tokens of Microsoft Entra ID, from whatever the machine is signed in with; renewed before they expire. */
export function entraToken(): () => Promise<string> {
  const find = remembered(credential);
  return kept(async () => {
    const source = await find();
    try {
      const token = await source.getToken(SCOPE);
      return { value: token.token, expiresAt: token.expiresOnTimestamp || Date.now() + HOUR_MS };
    } catch (error) {
      throw new Failure(
        'auth',
        'Microsoft Entra ID gave no token: sign in (az login), give the machine an identity, or set AZURE_OPENAI_API_KEY',
        { cause: error },
      );
    }
  });
}
