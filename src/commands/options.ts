import { InvalidArgumentError, Option } from 'commander';

/** Reads a number. Throws what the parser tells as a wrong argument. */
export const number = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It has to be a number.');
  return value;
};

/** Reads a port. Throws what the parser tells as a wrong argument. */
export const port = (text: string): number => {
  const value = number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError('It has to be a whole number up to 65535.');
  return value;
};

/** An option that may be given again and again. */
export const many = (value: string, before: string[] = []): string[] => [...before, value];

export const configOption = (): Option =>
  new Option('--config <file>', 'a configuration file of yours, in place of the project’s');

export const allowDirOption = (): Option =>
  new Option('--allow-dir <folder>', 'let calls send files from this folder; may be given again').argParser(many);
